package view

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Body is what the frame of one message is made of.
type Body struct {
	ID           id.Message      `db:"id"`
	Conversation id.Conversation `db:"conversation_id"`
	Direction    string          `db:"direction"`
	Subject      string          `db:"subject"`
	Text         string          `db:"body"`  // the visible part
	Quote        string          `db:"quote"` // the folded part
	HTML         string          `db:"html"`  // what a person here wrote; else parse Raw
	HasHTML      bool            `db:"has_html"`
	Raw          blob.Hash       `db:"raw"` // the mail as it came or left; "" for none
	Inline       []Inline
}

// Inline is a file that a message's HTML shows by its Content-ID (RFC 2392).
type Inline struct {
	ID        id.Attachment `db:"id"`
	ContentID string        `db:"content_id"`
	Type      string        `db:"type"`
	Blob      blob.Hash     `db:"blob"`
}

// File is an attachment with where its bytes lie.
type File struct {
	ID      id.Attachment `db:"id"`
	Message id.Message    `db:"message_id"` // none while it belongs to a draft
	Name    string        `db:"name"`
	Type    string        `db:"type"`
	Size    int64         `db:"size"`
	Inline  bool          `db:"inline"`
	Blob    blob.Hash     `db:"blob"`
}

// Attachment is the file as lists show it.
func (f File) Attachment() Attachment {
	return attachmentRow{
		ID: f.ID, Message: f.Message, Name: f.Name, Type: f.Type, Size: f.Size, Inline: f.Inline,
	}.tell()
}

var (
	selectBody = store.SQL(`
		select id, conversation_id, direction, subject, body, quote, html, has_html, raw from message where id = $1 and shop_id = $2`)
	selectInline = store.SQL(`
		select id, content_id, type, blob from attachment where message_id = $1 and content_id <> '' order by id limit 200`)
	selectFile = store.SQL(`
		select id, coalesce(message_id, 0) as message_id, name, type, size, inline, blob from attachment where id = $1 and shop_id = $2`)
)

// MessageBody reads what the frame, the folded part and the download of a
// message need. NotFound faults.
func (l *Lists) MessageBody(ctx context.Context, shop id.Shop, m id.Message) (Body, error) {
	var out Body
	err := l.DB.Read(ctx, func(tx *store.Tx) error {
		found, ok, err := store.Maybe[Body](tx, selectBody, m, shop)
		if err != nil {
			return err
		}
		if !ok {
			return fault.Missing("message")
		}
		out = found
		out.Inline, err = store.All[Inline](tx, selectInline, m)
		return err
	})
	return out, failed("message", err)
}

// Attachment finds a file of a shop, that of a draft too. NotFound faults.
func (l *Lists) Attachment(ctx context.Context, shop id.Shop, a id.Attachment) (File, error) {
	var out File
	err := l.DB.Read(ctx, func(tx *store.Tx) error {
		found, ok, err := store.Maybe[File](tx, selectFile, a, shop)
		if err == nil && !ok {
			err = fault.Missing("attachment")
		}
		out = found
		return err
	})
	return out, failed("attachment", err)
}
