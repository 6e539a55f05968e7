package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/mime/compose"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var selectNewestMail = store.SQL(`
	select from_name, from_address, recipients from message
	where conversation_id = $1 and direction = 'in' and kind = 'customer' order by id desc limit 1`)

type mailRow struct {
	FromName    string `db:"from_name"`
	FromAddress string `db:"from_address"`
	Recipients  string `db:"recipients"`
}

// readReply proposes who an answer goes to: where the customer's newest mail
// wants its answer, with the others who read it in copy. Without a mail it is
// the address in the customer's file.
func (r *reading) readReply(h *Head) error {
	h.Reply = Reply{To: []Addr{}, Cc: []Addr{}}
	mail, err := r.customersMail()
	if err != nil {
		return err
	}
	if mail == nil {
		return r.replyToFile(h)
	}
	all := desk.ParseRecipients(mail.Recipients)
	to := mime.Address{Name: mail.FromName, Address: mail.FromAddress}
	if i := slices.IndexFunc(all.ReplyTo, func(a mime.Address) bool { return a.Address != "" }); i >= 0 {
		to = all.ReplyTo[i]
	}
	if to.Address != "" {
		h.Reply.To = append(h.Reply.To, Addr{Name: to.Name, Address: to.Address})
	}
	named := []string{strings.ToLower(to.Address), strings.ToLower(mail.FromAddress)}
	for _, a := range append(slices.Clone(all.To), all.Cc...) {
		address := strings.ToLower(a.Address)
		if address == "" || r.isOwn(address) || slices.Contains(named, address) {
			continue
		}
		named = append(named, address)
		h.Reply.Cc = append(h.Reply.Cc, Addr{Name: a.Name, Address: a.Address})
	}
	return nil
}

// customersMail is the customer's newest mail; nil when there is none.
func (r *reading) customersMail() (*mailRow, error) {
	if r.newestMail != nil {
		return r.newestMail, nil
	}
	mail, found, err := store.Maybe[mailRow](r.tx, selectNewestMail, r.conv.ID)
	if err != nil || !found {
		return nil, err //nolint:nilnil // none is an answer
	}
	return &mail, nil
}

func (r *reading) replyToFile(h *Head) error {
	if r.conv.Customer == 0 {
		return nil
	}
	known, err := customer.Identities(r.tx, r.conv.Customer)
	for _, i := range known {
		if i.Kind == customer.Mail {
			h.Reply.To = []Addr{{Name: h.Customer.Name, Address: i.Value}}
			break
		}
	}
	return err
}

// readSignature shows how the reader would sign; the picture itself goes with
// the mail.
func (r *reading) readSignature(h *Head) error {
	who, found := r.member(r.by.Person)
	if !found { // whoever sits at the console signs nothing
		return nil
	}
	h.Signature.HTML, h.Signature.Text, _ = compose.Signature(compose.SignatureData{
		Name: who.SignedName(), Role: who.RoleLine, Shop: r.shop.Name, Phone: r.shop.Phone, Address: r.shop.Address, URL: r.shop.URL,
	})
	if r.shop.Logo != "" && r.LogoURL != nil {
		h.Signature.LogoURL = new(r.LogoURL(r.by.Shop))
	}
	return nil
}

// readDraft reads what is being written here.
func (r *reading) readDraft(h *Head) error {
	if !r.has.Draft {
		return nil
	}
	d, found, err := reply.DraftOf(r.tx, r.conv.ID)
	if err != nil || !found {
		return err
	}
	out, err := DraftOf(r.tx, d)
	h.Draft = &out
	return err
}

// DraftOf shows a draft with its files, as the conversation does.
func DraftOf(tx *store.Tx, d reply.Draft) (Draft, error) {
	to := desk.ParseRecipients(d.Recipients)
	out := Draft{
		HTML: d.HTML, To: addrs(to.To), Cc: addrs(to.Cc), Bcc: addrs(to.Bcc), Attachments: []Attachment{}, Revision: d.Revision,
		SeenThrough: d.SeenThrough, UpdatedAt: d.UpdatedAt, Kind: cmp.Or(d.Kind, "answer"), HoldingUntil: orNull(d.HoldingUntil),
		Options: d.ReadOptions(),
	}
	wanted := d.AttachmentIDs()
	rows, err := byIDs[attachmentRow](tx, attachmentColumns+`where shop_id = $1 and id in `, wanted, ``, d.Shop)
	if err != nil {
		return out, err
	}
	for _, a := range wanted { // in the order in which they were attached
		if i := slices.IndexFunc(rows, func(row attachmentRow) bool { return row.ID == a }); i >= 0 {
			out.Attachments = append(out.Attachments, rows[i].tell())
		}
	}
	names, err := peopleOf(tx, []id.Person{d.Person})
	if err != nil {
		return out, err
	}
	out.UpdatedBy = Ref{ID: d.Person, Name: names[d.Person]}
	out.Reading, err = readingOf(tx, d)
	return out, err
}
