package view

import (
	"context"
	"slices"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/id"
)

// mostPrinted is how many entries of a timeline one document holds.
const mostPrinted = 5000

// Printed is a conversation from its first word, for paper.
type Printed struct {
	Head

	Shop      PrintedShop
	Entries   []Entry // oldest first: messages and notes, no events
	Shortened bool    // it is longer than fits
	Originals map[id.Message]Original
	Files     map[id.Attachment]blob.Hash
}

// PrintedShop is whose conversation it is.
type PrintedShop struct {
	Name, URL, Phone, Address, Timezone string
	Logo                                blob.Hash
}

// Original is what a message was made of.
type Original struct {
	ID        id.Message `db:"id"`
	MessageID string     `db:"rfc_message_id"`
	Quote     string     `db:"quote"`
	Raw       blob.Hash  `db:"raw"` // "" for what never was a mail
}

type printedFile struct {
	ID   id.Attachment `db:"id"`
	Blob blob.Hash     `db:"blob"`
}

// Printed reads a whole conversation on one snapshot. NotFound faults.
func (l *Lists) Printed(ctx context.Context, by Actor, c id.Conversation) (Printed, error) {
	var out Printed
	err := l.look(ctx, by, c, func(r *reading) (err error) {
		out = Printed{Originals: map[id.Message]Original{}, Files: map[id.Attachment]blob.Hash{}}
		if out.Head, err = r.head(); err != nil {
			return err
		}
		out.Shop = PrintedShop{r.shop.Name, r.shop.URL, r.shop.Phone, r.shop.Address, r.shop.Timezone, blob.Hash(r.shop.Logo)}
		for from := newestEntries; ; {
			part, err := r.timeline(from)
			if err != nil {
				return err
			}
			said := slices.DeleteFunc(part.Entries, func(e Entry) bool { return e.Type == "event" })
			out.Entries = append(said, out.Entries...)
			if err := r.readOriginals(&out, said); err != nil || part.Older == "" {
				return err
			}
			if out.Shortened = len(out.Entries) >= mostPrinted; out.Shortened {
				return nil
			}
			if from, err = readOlder(part.Older); err != nil {
				return err
			}
		}
	})
	return out, failed("conversation to print", err)
}

func (r *reading) readOriginals(out *Printed, said []Entry) error {
	var messages []id.Message
	var files []id.Attachment
	for _, e := range said {
		if e.Message == nil {
			continue
		}
		messages = append(messages, e.Message.ID)
		for _, f := range e.Message.Attachments {
			files = append(files, f.ID)
		}
	}
	originals, err := byIDs[Original](r.tx, `select id, rfc_message_id, quote, raw from message where id in `, messages, ``)
	if err != nil {
		return err
	}
	for _, o := range originals {
		out.Originals[o.ID] = o
	}
	for part := range slices.Chunk(files, 200) {
		found, err := byIDs[printedFile](r.tx, `select id, blob from attachment where id in `, part, ``)
		if err != nil {
			return err
		}
		for _, f := range found {
			out.Files[f.ID] = f.Blob
		}
	}
	return nil
}
