package desk

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Attachment is a kept file with whose it is.
type Attachment struct {
	ID        id.Attachment `db:"id"`
	Shop      id.Shop       `db:"shop_id"`
	Message   id.Message    `db:"message_id"` // 0 while it is loose
	Blob      blob.Hash     `db:"blob"`
	Name      string        `db:"name"`
	Type      string        `db:"type"` // as its sender says
	Size      int64         `db:"size"`
	Inline    bool          `db:"inline"`
	ContentID string        `db:"content_id"`
	CreatedAt time.Time     `db:"created_at"`
}

const attachmentColumns = `id, shop_id, message_id, blob, name, type, size, inline, content_id, created_at`

var (
	selectAttachment = store.SQL(`select ` + attachmentColumns + ` from attachment where id = $1`)
	selectSentFile   = store.SQL(`
		select a.id, a.shop_id, a.message_id, a.blob, a.name, a.type, a.size, a.inline, a.content_id, a.created_at from attachment a join message m on m.id = a.message_id
		where a.blob = $1 and a.shop_id = $2 and m.direction = 'out' order by a.id desc limit 1`)
	selectAttachments = store.SQL(`select ` + attachmentColumns + ` from attachment where message_id = $1 order by id`)
)

// GetAttachment reads one attachment; store.ErrNone when it isn't there. Whose
// it is, is the caller's to check.
func GetAttachment(tx *store.Tx, a id.Attachment) (Attachment, error) {
	return store.One[Attachment](tx, selectAttachment, a)
}

// SentFile reads a file that left with one of a shop's messages, by its bytes;
// store.ErrNone when there is none any more.
func SentFile(tx *store.Tx, shop id.Shop, file blob.Hash) (Attachment, error) {
	return store.One[Attachment](tx, selectSentFile, file, shop)
}

// AttachmentsOf reads the attachments of a message in their order.
func AttachmentsOf(tx *store.Tx, m id.Message) ([]Attachment, error) {
	return store.All[Attachment](tx, selectAttachments, m)
}
