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
	selectAttachment  = store.SQL(`select ` + attachmentColumns + ` from attachment where id = $1`)
	selectAttachments = store.SQL(`select ` + attachmentColumns + ` from attachment where message_id = $1 order by id`)
)

// GetAttachment reads one attachment; store.ErrNone when it isn't there. Whose
// it is, is the caller's to check.
func GetAttachment(tx *store.Tx, a id.Attachment) (Attachment, error) {
	return store.One[Attachment](tx, selectAttachment, a)
}

// AttachmentsOf reads the attachments of a message in their order.
func AttachmentsOf(tx *store.Tx, m id.Message) ([]Attachment, error) {
	return store.All[Attachment](tx, selectAttachments, m)
}
