package view

import (
	"path"
	"slices"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/thumbnail"
)

// tellMessages makes entries of messages and notes. An answer that was called
// back was never said, so it is left out.
func (r *reading) tellMessages(messages []messageRow) ([]Entry, error) {
	ids := distinct(messages, func(m messageRow) id.Message { return m.ID })
	files, err := attachmentsOf(r.tx, ids)
	if err != nil {
		return nil, err
	}
	sent, err := byIDs[delivery.Delivery](r.tx, `select `+delivery.Columns+` from delivery where message_id in `, ids, ``)
	if err != nil {
		return nil, err
	}
	told, err := deliveriesOf(r.tx, sent, r.now)
	if err != nil {
		return nil, err
	}
	byMessage := make(map[id.Message]*Delivery, len(sent))
	passed := make(map[id.Message]*Passed)
	for i := range sent {
		byMessage[sent[i].Message] = &told[i]
		if sent[i].PassReason != "" && r.by.Can(team.GuardReasons) {
			passed[sent[i].Message] = passedOf(sent[i])
		}
	}
	names, err := r.peopleOf(distinct(messages, func(m messageRow) id.Person { return m.Person }))
	if err != nil {
		return nil, err
	}
	keys, err := keysOf(r.tx, messages)
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, 0, len(messages))
	for _, m := range messages {
		d := byMessage[m.ID]
		if d != nil && d.State == string(delivery.Undone) && m.Direction != string(desk.Note) {
			continue
		}
		e := Entry{At: m.ArrivedAt, order: int64(m.ID)}
		if m.Direction == string(desk.Note) {
			e.Type, e.Note = "note", m.noteOf(names, files[m.ID], d)
		} else {
			e.Type, e.Message = "message", m.tell(names, files[m.ID], d)
			e.Message.Passed = passed[m.ID]
		}
		if key := keys[m.ID]; key != "" {
			e.by("API: " + key)
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// by names who wrote an entry, in place of the person for whom a key acted.
func (e Entry) by(name string) {
	if e.Message != nil {
		e.Message.Author.Name = name
	} else if e.Note.Author != nil {
		e.Note.Author.Name = name
	}
}

type keyRow struct {
	Message id.Message `db:"message_id"`
	Name    string     `db:"name"`
}

// keysOf tells which of the messages of ours were written by a program, and by
// which key.
func keysOf(tx *store.Tx, messages []messageRow) (map[id.Message]string, error) {
	var ours []id.Message
	for _, m := range messages {
		if m.Person != 0 {
			ours = append(ours, m.ID)
		}
	}
	rows, err := byIDs[keyRow](tx, `select e.message_id, k.name from event e join api_key k on k.id = e.api_key_id
		where e.api_key_id is not null and e.kind in ('`+string(event.MessageSent)+`', '`+string(event.NoteAdded)+`', '`+string(event.ContactNoted)+`')
			and e.message_id in `, ours, ``)
	out := make(map[id.Message]string, len(rows))
	for _, k := range rows {
		out[k.Message] = k.Name
	}
	return out, err
}

func (m messageRow) tell(names people, files []Attachment, d *Delivery) *Message {
	to := desk.ParseRecipients(m.Recipients)
	out := &Message{
		ID: m.ID, Direction: m.Direction, Kind: m.Kind, Author: Author{Name: m.FromName, Address: m.FromAddress},
		To: addrs(to.To), Cc: addrs(to.Cc), Subject: m.Subject, Text: m.Body, HasQuote: m.HasQuote, HasHTML: m.HasHTML,
		PreferHTML: m.Rich, RemoteBlocked: m.HasHTML && m.Direction == string(desk.In), Attachments: files,
		At: m.ArrivedAt, Channel: m.Channel, Language: m.Language, Delivery: d,
	}
	if out.Attachments == nil {
		out.Attachments = []Attachment{}
	}
	if m.Person != 0 {
		out.Author.PersonID = &m.Person
		if out.Author.Name == "" {
			out.Author.Name = names[m.Person]
		}
	}
	return out
}

func addrs(list []mime.Address) []Addr {
	out := make([]Addr, len(list))
	for i, a := range list {
		out[i] = Addr{Name: a.Name, Address: a.Address}
	}
	return out
}

const attachmentColumns = `select id, coalesce(message_id, 0) as message_id, name, type, size, inline, content_id from attachment `

type attachmentRow struct {
	ID      id.Attachment `db:"id"`
	Message id.Message    `db:"message_id"`
	Name    string        `db:"name"`
	Type    string        `db:"type"`
	Size    int64         `db:"size"`
	Inline  bool          `db:"inline"`
	Content string        `db:"content_id"`
}

func (a attachmentRow) tell() Attachment {
	return Attachment{
		ID: a.ID, Name: a.Name, Type: a.Type, Size: a.Size, Inline: a.Inline, ContentID: a.Content,
		Thumbnail: thumbnail.Supports(a.Type), Dangerous: Dangerous(a.Name, a.Type),
	}
}

func attachmentsOf(tx *store.Tx, messages []id.Message) (map[id.Message][]Attachment, error) {
	rows, err := byIDs[attachmentRow](tx, attachmentColumns+`where message_id in `, messages, ` order by message_id, id`)
	out := make(map[id.Message][]Attachment, len(messages))
	for _, a := range rows {
		out[a.Message] = append(out[a.Message], a.tell())
	}
	return out, err
}

// May run when opened: programs and scripts, pages and pictures that carry
// scripts, disk images, shortcuts, documents with macros.
var (
	dangerousEndings = strings.Fields(`.apk .app .bat .cmd .com .cpl .dll .dmg .docm .exe .hta .htm .html .img .iso .jar .js .jse .lnk .mht
		.msc .msi .msp .one .pif .ps1 .reg .scr .sh .shtml .svg .svgz .url .vb .vbe .vbs .vhd .vhdx .wsf .wsh .xhtml .xlam .xlsm .xht .xll .xml .pptm`)
	dangerousTypes = []string{
		"text/html", "application/xhtml+xml", "image/svg+xml", "text/xml", "application/xml", "text/javascript", "application/javascript",
		"application/x-msdownload", "application/x-sh", "application/java-archive",
	}
)

// Dangerous tells whether a file may run when it is opened; such a file is
// downloaded or left alone, never shown inline.
func Dangerous(name, kind string) bool {
	kind, _, _ = strings.Cut(strings.ToLower(kind), ";")
	ending := strings.ToLower(path.Ext(strings.TrimRight(name, ". ")))
	return slices.Contains(dangerousEndings, ending) || slices.Contains(dangerousTypes, strings.TrimSpace(kind))
}

type recipientRow struct {
	Delivery id.Delivery `db:"delivery_id"`
	Address  string      `db:"address"`
	Role     string      `db:"role"`
	State    string      `db:"state"`
	Detail   string      `db:"detail"`
}

// deliveriesOf tells how deliveries fare, in their order, with their recipients.
func deliveriesOf(tx *store.Tx, all []delivery.Delivery, now time.Time) ([]Delivery, error) {
	rows, err := byIDs[recipientRow](tx, `select delivery_id, address, role, state, detail from delivery_recipient where delivery_id in `,
		distinct(all, func(d delivery.Delivery) id.Delivery { return d.ID }), ` order by delivery_id, customer desc, role desc, address`)
	if err != nil {
		return nil, err
	}
	out := make([]Delivery, len(all))
	for i, d := range all {
		out[i] = Delivery{
			ID: d.ID, State: deliveryState(d), NotBefore: orNull(d.NotBefore), NextAttemptAt: orNull(d.NextAt), Attempts: d.Attempts,
			Detail: d.Detail, Uncertain: d.Uncertainty, Recipients: []Recipient{},
		}
		if d.State == delivery.Queued && d.Attempts == 0 && d.NotBefore.After(now) {
			out[i].UndoUntil = &d.NotBefore
		}
		for _, r := range rows {
			if r.Delivery == d.ID {
				out[i].Recipients = append(out[i].Recipients, Recipient{Address: r.Address, Role: r.Role, State: r.State, Text: r.Detail})
			}
		}
	}
	return out, nil
}

// deliveryState is the word that people see for a state.
func deliveryState(d delivery.Delivery) string {
	switch d.State {
	case delivery.Queued:
		if d.Scheduled {
			return "scheduled"
		}
	case delivery.Claimed, delivery.DotPending:
		return "sending"
	case delivery.Soft:
		return "retrying"
	case delivery.Hard:
		return "failed"
	}
	return string(d.State)
}
