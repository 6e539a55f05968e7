package reply

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/mime/compose"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// basis is everything that an answer stands on, read on one snapshot.
type basis struct {
	conv           desk.Conversation
	shop           shop.Shop
	location       *time.Location
	mailbox        shop.Mailbox
	signer         string
	roleLine       string
	to             []mime.Address
	customers      []string // addresses by which the customer writes, in lower case
	inReplyTo      string
	references     []string
	files          []desk.File
	links          []link       // of files that are too large to go along
	quoted         desk.Message // goes along below
	text           string       // what the author wrote, as text
	facts          guard.Facts
	findings       []guard.Finding
	before         desk.Message // made by an earlier press with the same key
	beforeDelivery delivery.Delivery
}

var (
	selectThread = store.SQL(`
		select rfc_message_id from message where conversation_id = $1 and rfc_message_id <> '' and direction <> 'note' order by id desc limit 12`)
	selectParent = store.SQL(`
		select rfc_message_id, subject, from_name, from_address, recipients from message
		where conversation_id = $1 and direction = 'in' and kind = 'customer' and id <= $2 order by id desc limit 1`)
	selectUnseen = store.SQL(`
		select id from message where conversation_id = $1 and kind in ('customer', 'contact', 'merged') and direction in ('in', 'none') and id > $2 order by id limit 50`)
	selectFile = store.SQL(`
		select blob, name, type, size, inline, content_id from attachment where id = $1 and shop_id = $2 and (person_id is not null or message_id is not null)`)
	selectDeliveryOf = store.SQL(`select ` + delivery.Columns + ` from delivery where message_id = $1`)
	copyLoose        = store.SQL(`
		insert into attachment (shop_id, person_id, blob, name, type, size, inline, content_id, created_at)
		select shop_id, person_id, blob, name, type, size, inline, content_id, created_at from attachment where message_id = $1
		returning id`)
)

type parent struct {
	MessageID   string `db:"rfc_message_id"`
	Subject     string `db:"subject"`
	FromName    string `db:"from_name"`
	FromAddress string `db:"from_address"`
	Recipients  string `db:"recipients"`
}

func (s *Service) basisOf(tx *store.Tx, by desk.Actor, a Answer) (basis, error) {
	b, err := s.unread(tx, by, a)
	if err == nil && b.before.ID == 0 {
		b.findings = b.check()
	}
	return b, err
}

// unread is the basis of an answer that the guard hasn't read.
func (s *Service) unread(tx *store.Tx, by desk.Actor, a Answer) (b basis, err error) {
	if b.conv, err = desk.Get(tx, a.Conversation); err != nil || b.conv.Shop != by.Shop {
		return b, fault.Missing("conversation")
	}
	b.before, _, err = desk.ByKey(tx, a.Conversation, a.Key)
	if err != nil {
		return b, err
	}
	if b.before.ID != 0 {
		b.beforeDelivery, _, err = store.Maybe[delivery.Delivery](tx, selectDeliveryOf, b.before.ID)
		return b, err
	}
	if b.conv.MergedInto != 0 {
		return b, errMerged
	}
	// As a number: "nothing seen" (0) would be bound as NULL, and nothing is
	// greater than NULL.
	unseen, err := store.All[id.Message](tx, selectUnseen, a.Conversation, int64(a.SeenThrough))
	if err != nil {
		return b, err
	}
	if len(unseen) > 0 {
		return b, Unseen{unseen}
	}
	for _, step := range []func(*store.Tx, desk.Actor, Answer) error{b.readShop(s), b.readThread, b.readRecipients, b.readFiles, b.readAbout(s), b.readQuoted} {
		if err := step(tx, by, a); err != nil {
			return b, err
		}
	}
	return b, nil
}

func (b *basis) readShop(s *Service) func(*store.Tx, desk.Actor, Answer) error {
	return func(tx *store.Tx, by desk.Actor, _ Answer) (err error) {
		if b.shop, err = s.Shops.Get(tx, by.Shop); err != nil {
			return err
		}
		if b.location, err = s.Shops.Location(tx, by.Shop); err != nil {
			return err
		}
		if b.mailbox, err = s.from(tx, by.Shop, b.conv.Mailbox); err != nil {
			return err
		}
		who, err := s.Team.Member(tx, by.Shop, by.Person)
		b.signer, b.roleLine = who.SignedName(), who.RoleLine
		return err
	}
}

// readThread: an answer names the customer's newest message that its author
// saw, and the newest messages before it.
func (b *basis) readThread(tx *store.Tx, _ desk.Actor, a Answer) error {
	if a.Options.Forward != 0 { // a thread of its own: whoever gets it has not seen ours
		return nil
	}
	ids, err := store.All[string](tx, selectThread, a.Conversation)
	if err != nil {
		return err
	}
	p, _, err := store.Maybe[parent](tx, selectParent, a.Conversation, a.SeenThrough)
	if err != nil {
		return err
	}
	b.inReplyTo = p.MessageID
	for i := len(ids) - 1; i >= 0; i-- {
		b.references = append(b.references, ids[i])
	}
	return nil
}

func (b *basis) readRecipients(tx *store.Tx, _ desk.Actor, a Answer) error {
	b.to = a.To
	if len(b.to) == 0 && a.Options.Forward != 0 {
		return fault.Wrong("to", "Say to whom it is handed on.")
	}
	if len(b.to) == 0 {
		to, err := customersAddress(tx, b.conv, a.SeenThrough)
		if err != nil {
			return err
		}
		b.to = []mime.Address{to}
	}
	var err error
	if b.customers, err = customersOwn(tx, b.conv); err != nil {
		return err
	}
	for field, list := range map[string][]mime.Address{"to": b.to, "cc": a.Cc, "bcc": a.Bcc} {
		for _, r := range list {
			if _, err := compose.AddrSpec(r.Address); err != nil {
				return fault.Wrong(field, fmt.Sprintf("%q is no mail address.", r.Address))
			}
		}
	}
	return nil
}

// customersAddress is where the customer reads us: the Reply-To of their
// newest mail, its From, or an address in their file.
func customersAddress(tx *store.Tx, conv desk.Conversation, through id.Message) (mime.Address, error) {
	p, found, err := store.Maybe[parent](tx, selectParent, conv.ID, through)
	if err != nil {
		return mime.Address{}, err
	}
	if found {
		if r := desk.ParseRecipients(p.Recipients).ReplyTo; len(r) > 0 && r[0].Address != "" {
			return r[0], nil
		}
		return mime.Address{Name: p.FromName, Address: p.FromAddress}, nil
	}
	known, err := customer.Identities(tx, conv.Customer)
	if err != nil {
		return mime.Address{}, err
	}
	for _, i := range known {
		if i.Kind == customer.Mail {
			return mime.Address{Address: i.Value}, nil
		}
	}
	return mime.Address{}, fault.Wrong("to", "No mail address of this customer is known.")
}

func (b *basis) readFiles(tx *store.Tx, by desk.Actor, a Answer) error {
	total := int64(0)
	for _, at := range a.Attachments {
		f, found, err := store.Maybe[fileRow](tx, selectFile, at, by.Shop)
		if err != nil {
			return err
		}
		if !found {
			return fault.Wrong("attachments", "An attachment is not there any more; attach it again.")
		}
		if f.Inline && !showsInline(a.HTML, f.ContentID) { // its place in the text was deleted
			continue
		}
		if f.Size > largestAttached && !f.Inline {
			b.links = append(b.links, link{file: f.file()})
			continue
		}
		total += f.Size
		b.files = append(b.files, f.file())
	}
	if total > maxAttached {
		return fault.Wrong("attachments", "Together the attachments are larger than 20 MB, which most mailboxes refuse.")
	}
	return nil
}

// largestAttached: a larger file goes as a link (ADR 021).
const largestAttached = 10 << 20

// maxAttached: larger mails are refused by most receivers once encoded.
const maxAttached = 20 << 20

type fileRow struct {
	Blob      blob.Hash `db:"blob"`
	Name      string    `db:"name"`
	Type      string    `db:"type"`
	Size      int64     `db:"size"`
	Inline    bool      `db:"inline"`
	ContentID string    `db:"content_id"`
}

func (f fileRow) file() desk.File {
	return desk.File{Name: f.Name, Type: f.Type, Size: f.Size, Blob: f.Blob, Inline: f.Inline, ContentID: f.ContentID}
}

func (b *basis) language() string {
	if b.conv.Language == "fr" || b.conv.Language == "en" {
		return b.conv.Language
	}
	return b.shop.Language
}

func looseCopies(tx *store.Tx, m id.Message) (string, error) {
	ids, err := store.All[id.Attachment](tx, copyLoose, m)
	if err != nil {
		return "[]", err
	}
	raw, err := json.Marshal(ids)
	return string(raw), err
}
