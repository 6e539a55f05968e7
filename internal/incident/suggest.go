package incident

import (
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// looked is how many owed conversations are looked at for later ones: a screen's
// cost doesn't grow with the archive (I12).
const looked = 300

// Suggested is a conversation that may belong to an incident.
type Suggested struct {
	Conversation id.Conversation `db:"id"`
	Subject      string          `db:"subject"`
	Snippet      string          `db:"snippet"`
	Customer     string          `db:"name"`
	At           time.Time       `db:"last_message_at"`
	Reason       id.Reason       `db:"reason_id"`
	Tagged       bool            `db:"tagged"`
	Body         string          `db:"body"` // the customer's newest message

	By string `db:"-"` // what it is known by: tag, reason, words
}

var selectSuggested = store.SQL(`
	select c.id, c.subject, c.snippet, coalesce(k.name, '') as name, c.last_message_at, c.reason_id, coalesce(m.body, '') as body,
		exists (select 1 from conversation_tag t where t.conversation_id = c.id and t.tag_id = $3) as tagged
	from conversation c left join customer k on k.id = c.customer_id left join message m on m.id = c.last_in_id
	where c.shop_id = $1 and c.next_due_at is not null and c.tray = 'main' and c.last_message_at >= $2
		and not exists (select 1 from incident_conversation i where i.incident_id = $4 and i.conversation_id = c.id)
	order by c.next_due_at, c.id limit $5`)

// Suggest finds what is owed an answer, heard from the customer since the
// incident began, and has its tag, its reason or its words. Of words apart by
// commas one is enough, all of its own words being there in any form.
func Suggest(tx *store.Tx, by team.Actor, i Incident) ([]Suggested, error) {
	rows, err := store.All[Suggested](tx, selectSuggested, by.Shop, i.BeginsAt, int64(i.Tag), i.ID, looked)
	if err != nil {
		return nil, err
	}
	wanted := alternatives(i.Words)
	var out []Suggested
	for _, r := range rows {
		switch {
		case r.Tagged && i.Tag != 0:
			r.By = "tag"
		case i.Reason != 0 && r.Reason == i.Reason:
			r.By = "reason"
		case speaksOf(wanted, r.Subject+"\n"+r.Body):
			r.By = "words"
		default:
			continue
		}
		out = append(out, r)
	}
	return out, nil
}

// alternatives are the words that are looked for, each a list of stems.
func alternatives(words string) (list []map[string]bool) {
	for part := range strings.SplitSeq(words, ",") {
		if s := stems(part); len(s) > 0 {
			list = append(list, s)
		}
	}
	return list
}

func speaksOf(wanted []map[string]bool, text string) bool {
	if len(wanted) == 0 {
		return false
	}
	there := stems(text)
	for _, all := range wanted {
		found := true
		for s := range all {
			found = found && there[s]
		}
		if found {
			return true
		}
	}
	return false
}

// mostStemmed bounds what is read of one message, in bytes.
const mostStemmed = 8_000

func stems(text string) map[string]bool {
	if len(text) > mostStemmed {
		text = text[:mostStemmed]
	}
	out := map[string]bool{}
	lang.Words(text, func(w lang.Word) bool {
		if !lang.Small(w.Text) {
			french, _ := lang.Stems(w.Text)
			out[french] = true
		}
		return true
	})
	return out
}
