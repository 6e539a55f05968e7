package desk

import (
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/search"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Findable makes a message and its files findable. Whoever appends a message
// calls it once the files are attached, in the same transaction. A merge needs
// nothing: words belong to messages, which know their conversation. An
// acknowledgement isn't findable: it says nothing but the customer's subject,
// and would stand before the customer's own words.
func Findable(tx *store.Tx, m Message, files ...File) error {
	return search.Put(tx, m.ID, search.Analyse(searchText(m, files)))
}

// searchText is what a message is found by. Its quote is left out: that is
// other messages, found by themselves.
func searchText(m Message, files []File) search.Text {
	t := search.Text{
		Shop: m.Shop, Subject: m.Subject, Body: m.Body, Language: m.Language, Channel: m.Channel, At: m.ArrivedAt,
		From: []string{m.FromName, m.FromAddress},
	}
	to := ParseRecipients(m.Recipients)
	for i, a := range append(to.To, to.Cc...) {
		if i == maxParties {
			break
		}
		t.To = append(t.To, a.Name, a.Address)
	}
	for _, f := range files {
		if f.Name != "" {
			t.Files = append(t.Files, f.Name)
		}
	}
	return t
}

// Archive lends the messages to the builder of a search index.
type Archive struct{}

var (
	newestMessage = store.SQL(`select coalesce(max(id), 0) from message`)
	archivePage   = store.SQL(`
		select id, shop_id, direction, kind, subject, body, language, channel, from_name, from_address, recipients, arrived_at
		from message where id <= $1 order by id desc limit $2 {for update}`)
	archiveFiles = store.SQL(`select message_id, name from attachment where message_id >= $1 and message_id <= $2 and message_id is not null order by id`)
)

// Newest is the newest message of all shops; 0 when there is none.
func (Archive) Newest(tx *store.Tx) (id.Message, error) {
	return store.One[id.Message](tx, newestMessage)
}

type archivedFile struct {
	Message id.Message `db:"message_id"`
	Name    string     `db:"name"`
}

// SearchRows reads messages through one and below, newest first, and holds
// them: what is being erased isn't written back.
func (Archive) SearchRows(tx *store.Tx, through id.Message, limit int) ([]search.Row, error) {
	page, err := store.All[Message](tx, archivePage, int64(through), limit)
	if err != nil || len(page) == 0 {
		return nil, err
	}
	named, err := store.All[archivedFile](tx, archiveFiles, int64(page[len(page)-1].ID), int64(page[0].ID))
	if err != nil {
		return nil, err
	}
	files := map[id.Message][]File{}
	for _, f := range named {
		files[f.Message] = append(files[f.Message], File{Name: f.Name})
	}
	rows := make([]search.Row, 0, len(page))
	for _, m := range page {
		row := search.Row{Message: m.ID}
		if m.Direction != None && m.Kind != KindAcknowledgement {
			row.Text = searchText(m, files[m.ID])
		}
		rows = append(rows, row)
	}
	return rows, nil
}
