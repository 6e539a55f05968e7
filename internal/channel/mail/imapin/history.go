package imapin

import (
	"context"
	"time"

	"github.com/emersion/go-imap/v2"

	"github.com/comptoir-desk/comptoir/internal/intake"
)

// Past asks for headers of what lies in the inbox and the Sent folder.
type Past struct {
	Since    time.Time
	Most     int                            // headers; the newest of both folders
	Expected func(n int, capped bool) error // told once, before the first
	Yield    func(Header) error             // an error ends the reading
}

// Header is the header of one mail.
type Header struct {
	Role      intake.Role // inbox or sent
	ArrivedAt time.Time
	Bytes     []byte
}

const (
	headerLimit   = 64 << 10
	headersAtOnce = 250
)

// Headers reads headers of the past on a connection of its own. Nothing is
// stored or marked: folders are examined and headers peeked at (RFC 9051, 6.3.3
// and 6.4.5).
func (s *Service) Headers(ctx context.Context, m Mailbox, p Past) error {
	b, err := s.open(ctx, m)
	if err != nil {
		return err
	}
	defer b.leave()
	found, _, err := s.findFolders(ctx, b, m)
	if err != nil {
		return b.explain(err)
	}
	type part struct {
		folder folder
		uids   []int64
	}
	var parts []part
	total := 0
	for _, f := range found {
		if f.role == intake.RoleJunk {
			continue
		}
		if _, err := b.examine(f.name); err != nil {
			return b.explain(err)
		}
		// By whole days of the server's own zone (RFC 9051, 6.4.4).
		uids, err := b.search(&imap.SearchCriteria{Since: p.Since.AddDate(0, 0, -1)}, 1, 1<<32-1)
		if err != nil {
			return b.explain(err)
		}
		parts = append(parts, part{f, uids})
		total += len(uids)
	}
	capped := total > p.Most
	if capped { // a fair part of each
		for i := range parts {
			keep := len(parts[i].uids) * p.Most / total
			parts[i].uids = parts[i].uids[len(parts[i].uids)-keep:]
		}
	}
	if err := p.Expected(min(total, p.Most), capped); err != nil {
		return err
	}
	for _, each := range parts {
		if err := b.headers(each.folder, each.uids, p); err != nil {
			return err
		}
	}
	return nil
}

func (b *box) headers(f folder, uids []int64, p Past) error {
	if len(uids) == 0 {
		return nil
	}
	if _, err := b.examine(f.name); err != nil {
		return b.explain(err)
	}
	for len(uids) > 0 {
		n := min(len(uids), headersAtOnce)
		var set imap.UIDSet
		for _, uid := range uids[:n] {
			set.AddNum(imap.UID(uid)) //nolint:gosec // search keeps UIDs within 32 bits
		}
		uids = uids[n:]
		var stop error
		err := b.fetch(set, headerOnly, headerLimit, func(mail fetched) error {
			if !mail.internal.IsZero() && mail.internal.Before(p.Since) {
				return nil
			}
			stop = p.Yield(Header{Role: f.role, ArrivedAt: mail.internal.UTC(), Bytes: mail.content})
			return stop
		})
		if stop != nil {
			return stop
		}
		if err != nil {
			return b.explain(err)
		}
	}
	return nil
}

// ProblemOf puts an error of a connection into a problem that can be shown.
func ProblemOf(err error, host string) Problem { return problemOf(err, host) }
