package imapin

import (
	"context"
	"fmt"

	"github.com/emersion/go-imap/v2"
)

// session is the work of one connection: bring each folder up to date, wait,
// again.
type session struct {
	s       *Service
	m       Mailbox
	b       *box
	mem     *memory
	folders []folder
	seen    map[string]look // as of the last complete reading of each folder
	closed  string          // a folder beside the inbox that the server doesn't open
}

// look is what tells whether a folder changed.
type look struct{ validity, next, count int64 }

func lookOf(validity uint32, next imap.UID, count uint32) look {
	return look{int64(validity), int64(next), int64(count)}
}

// syncAll brings all folders up to date: the inbox first, for it is what
// people wait for, and so that an answer in the Sent folder finds its question.
// The inbox is left open, for IDLE. left counts mails that failed and will be
// tried again.
func (n *session) syncAll(ctx context.Context) (left int, err error) {
	n.closed = ""
	for i, f := range n.folders {
		more, err := n.sync(ctx, f, i == 0)
		if i > 0 && refused(err) {
			n.closed = f.name // no reason to let the inbox wait
			continue
		}
		if err != nil {
			return left, err
		}
		left += more
	}
	if inbox := n.folders[0]; n.b.selected != inbox.name {
		more, err := n.sync(ctx, inbox, true)
		return left + more, err
	}
	return left, nil
}

// sync reads what is new in a folder. One that is not to stay open is asked
// by STATUS first, and opened only when it changed.
func (n *session) sync(ctx context.Context, f folder, stay bool) (left int, err error) {
	known, wasRead := n.seen[f.name]
	if !stay && wasRead {
		st, err := n.b.c.Status(f.name, &imap.StatusOptions{UIDNext: true, UIDValidity: true, NumMessages: true}).Wait()
		if err != nil {
			return 0, fmt.Errorf("status of folder: %w", err)
		}
		if st.NumMessages != nil && lookOf(st.UIDValidity, st.UIDNext, *st.NumMessages) == known && known.next != 0 {
			return 0, nil
		}
	}
	data, err := n.b.examine(f.name)
	if err != nil {
		return 0, err
	}
	now := lookOf(data.UIDValidity, data.UIDNext, data.NumMessages)
	if wasRead && now == known && known.next != 0 {
		return 0, nil
	}
	left, err = n.s.catchUp(ctx, n.m, n.b, f, data)
	if err == nil && left == 0 {
		n.seen[f.name] = now
	} else {
		delete(n.seen, f.name)
	}
	return left, err
}

// catchUp takes in everything wanted of the open folder above its position.
func (s *Service) catchUp(ctx context.Context, m Mailbox, b *box, f folder, data *imap.SelectData) (left int, err error) {
	at, err := s.Intake.OpenFolder(ctx, m.ID, f.name, f.role, int64(data.UIDValidity), int64(data.UIDNext))
	if err != nil {
		return 0, troubled(CodeStore, "", err)
	}
	uids, err := b.wanted(at, at.Position, s.since(m))
	if err != nil {
		return 0, err
	}
	to := max(at.Position, at.Baseline-1)
	if len(uids) > 0 {
		to = max(to, uids[len(uids)-1])
		known, err := s.Intake.InDesk(ctx, at, at.Position)
		if err != nil {
			return 0, troubled(CodeStore, "", err)
		}
		if left, err = s.take(ctx, m, b, at, without(uids, known)); err != nil {
			return left, err
		}
	}
	if left == 0 && to > at.Position {
		if err := s.Intake.MovePosition(ctx, at, to); err != nil {
			return 0, troubled(CodeStore, "", err)
		}
	}
	return left, nil
}
