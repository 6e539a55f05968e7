package view

import (
	"bytes"
	"context"
	"io"
	stdmime "mime"
	"net/textproto"
	"strings"
	"time"
	"unicode"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Unreadable is a mail that could not be parsed.
type Unreadable struct {
	ID           id.Item   `json:"id"`
	ArrivedAt    time.Time `json:"arrived_at"`
	Mailbox      string    `json:"mailbox" doc:"Name of the mailbox"`
	Size         int64     `json:"size" doc:"In bytes"`
	Reason       string    `json:"reason" doc:"A code and its facts"`
	FromGuess    string    `json:"from_guess" doc:"What its first lines say; may be empty or wrong"`
	SubjectGuess string    `json:"subject_guess"`
	State        string    `json:"state" enum:"stored,taken,quarantined,set_aside"`
}

// Quarantine reads a page of a shop's quarantine, newest first.
func (l *Lists) Quarantine(ctx context.Context, shop id.Shop, cursor string, limit int) (Page[Unreadable], error) {
	page := Page[Unreadable]{Items: []Unreadable{}}
	from, err := readCursor("quarantine", cursor, true)
	if err != nil {
		return page, err
	}
	limit = bounded(limit)
	var blobs []blob.Hash
	err = l.DB.Read(ctx, func(tx *store.Tx) error {
		at, err := event.Position(tx)
		if err != nil {
			return err
		}
		page.Position = at.String()
		found, err := intake.Quarantined(tx, shop, id.Item(from.id), limit+1)
		if err != nil {
			return err
		}
		if len(found) > limit {
			found = found[:limit]
			page.Next = place{0, int64(found[limit-1].ID)}.cursor("quarantine")
		}
		boxes, err := byIDs[MailboxRef](tx, `select id, name, address from mailbox where id in `,
			distinct(found, func(i intake.Item) id.Mailbox { return i.Mailbox }), ``)
		if err != nil {
			return err
		}
		for _, i := range found {
			u := Unreadable{ID: i.ID, ArrivedAt: i.ArrivedAt, Size: i.Size, Reason: i.Reason, State: string(i.State)}
			for _, b := range boxes {
				if b.ID == i.Mailbox {
					u.Mailbox = b.Name
				}
			}
			page.Items = append(page.Items, u)
			blobs = append(blobs, i.Blob)
		}
		return nil
	})
	if err != nil {
		return page, failed("quarantine", err)
	}
	for i := range page.Items { // after the snapshot: the disk is slow
		page.Items[i].FromGuess, page.Items[i].SubjectGuess = l.guess(ctx, blobs[i])
	}
	return page, nil
}

// QuarantineRaw finds the bytes of an item in a shop's quarantine, those set
// aside too. NotFound faults.
func (l *Lists) QuarantineRaw(ctx context.Context, shop id.Shop, item id.Item) (blob.Hash, error) {
	var found intake.Item
	err := l.DB.Read(ctx, func(tx *store.Tx) (err error) {
		found, err = intake.Load(tx, item)
		if err != nil || found.Shop != shop || found.State != intake.StateQuarantined && found.State != intake.StateSetAside {
			return fault.Missing("mail")
		}
		return nil
	})
	return found.Blob, err
}

// guessBytes is how much of an unreadable mail is looked at.
const guessBytes = 16 << 10

func (l *Lists) guess(ctx context.Context, h blob.Hash) (from, subject string) {
	if l.Blobs == nil {
		return "", ""
	}
	f, err := l.Blobs.Open(ctx, h)
	if err != nil {
		return "", ""
	}
	defer f.Close() //nolint:errcheck // it was only read
	head, _ := io.ReadAll(io.LimitReader(f, guessBytes))
	return guessField(head, "From"), guessField(head, "Subject")
}

var guessWords stdmime.WordDecoder

// guessField looks for a header field in bytes that are no proper mail: the
// first line that begins with its name, with what is folded below it.
func guessField(head []byte, name string) string {
	var value []string
	for line := range bytes.Lines(head) {
		text := strings.TrimRight(string(line), "\r\n")
		switch {
		case value != nil && (strings.HasPrefix(text, " ") || strings.HasPrefix(text, "\t")):
			value = append(value, strings.TrimSpace(text))
			continue
		case value != nil:
			return plain(strings.Join(value, " "))
		}
		key, rest, ok := strings.Cut(text, ":")
		if ok && textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(key)) == name {
			value = []string{strings.TrimSpace(rest)}
		}
	}
	return plain(strings.Join(value, " "))
}

const guessRunes = 200

// plain makes hostile bytes one short line of text.
func plain(s string) string {
	if decoded, err := guessWords.DecodeHeader(s); err == nil {
		s = decoded
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "�"))
	if r := []rune(s); len(r) > guessRunes {
		s = string(r[:guessRunes]) + "…"
	}
	return strings.TrimSpace(s)
}
