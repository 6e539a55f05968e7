package incident

import (
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

var (
	insertMember = store.SQL(`
		insert into incident_conversation (incident_id, conversation_id, added_at, added_by) values ($1, $2, $3, $4) on conflict do nothing`)
	deleteMember = store.SQL(`delete from incident_conversation where incident_id = $1 and conversation_id = $2`)
	countMembers = store.SQL(`select count(*) from incident_conversation where incident_id = $1`)
	countOfAll   = store.SQL(`
		select m.incident_id, count(*) as n from incident_conversation m join incident i on i.id = m.incident_id
		where i.shop_id = $1 group by m.incident_id`)
	deleteOpen = store.SQL(`
		delete from incident_answer where conversation_id = $2 and state in ('open', 'left_out')
			and round_id in (select id from incident_round where incident_id = $1)`)
	stillWaits = store.SQL(`
		select count(*) from incident_answer a join incident_round r on r.id = a.round_id
		where r.incident_id = $1 and a.conversation_id = $2 and a.state = 'waiting'`)
	selectJoined = store.SQL(`select incident_id from incident_conversation where conversation_id = $1`)
)

// Add puts conversations into an incident and says which of them are new there.
// One that was merged stands for what it was merged into.
func (s *Service) Add(tx *store.Tx, by team.Actor, i id.Incident, list []id.Conversation) (added []id.Conversation, err error) {
	if _, err := s.own(tx, by, i); err != nil {
		return nil, err
	}
	n, err := store.One[int](tx, countMembers, i)
	if err != nil {
		return nil, err
	}
	now := s.Clock.Now()
	for _, c := range slices.Compact(slices.Sorted(slices.Values(list))) {
		conv, err := desk.Get(tx, c)
		for err == nil && conv.MergedInto != 0 {
			conv, err = desk.Get(tx, conv.MergedInto)
		}
		if err != nil || conv.Shop != by.Shop {
			return nil, fault.Missing("conversation")
		}
		isNew, err := store.Exec(tx, insertMember, i, conv.ID, now, by.Person)
		if err != nil {
			return nil, err
		}
		if isNew == 0 {
			continue
		}
		if n++; n > MostConversations {
			return nil, fault.New(fault.Conflict, "full", "An incident has at most 500 conversations; open a second one.")
		}
		added = append(added, conv.ID)
	}
	if len(added) == 0 {
		return nil, nil
	}
	return added, s.changed(tx, by.Person, by.Shop, i, "added")
}

// Remove takes conversations out of an incident. One whose answer is about to
// leave is refused; what has left stays on record.
func (s *Service) Remove(tx *store.Tx, by team.Actor, i id.Incident, list []id.Conversation) error {
	if _, err := s.own(tx, by, i); err != nil {
		return err
	}
	for _, c := range list {
		n, err := store.One[int](tx, stillWaits, i, c)
		if err != nil {
			return err
		}
		if n > 0 {
			return fault.New(fault.Conflict, "sending", "Its answer is about to leave; cancel that first.")
		}
		if _, err := store.Exec(tx, deleteOpen, i, c); err != nil {
			return err
		}
		if _, err := store.Exec(tx, deleteMember, i, c); err != nil {
			return err
		}
	}
	return s.changed(tx, by.Person, by.Shop, i, "removed")
}

type counted struct {
	Incident id.Incident `db:"incident_id"`
	N        int         `db:"n"`
}

// Sizes tells how many conversations each incident of a shop has.
func Sizes(tx *store.Tx, shop id.Shop) (map[id.Incident]int, error) {
	rows, err := store.All[counted](tx, countOfAll, shop)
	out := map[id.Incident]int{}
	for _, r := range rows {
		out[r.Incident] = r.N
	}
	return out, err
}

// Joined are the incidents that a conversation belongs to.
func Joined(tx *store.Tx, c id.Conversation) ([]id.Incident, error) {
	return store.All[id.Incident](tx, selectJoined, c)
}

// member is a conversation of an incident.
type member struct {
	Conversation id.Conversation `db:"conversation_id"`
	AddedAt      time.Time       `db:"added_at"`
}

// A table that is read while answers leave stays still.
var selectMembers = store.SQL(`
	select conversation_id, added_at from incident_conversation where incident_id = $1 order by added_at, conversation_id`)

// Hint is what lasts while somebody answers in a conversation.
type Hint struct {
	ID     id.Incident
	Name   string
	Text   string // the banner in the conversation's language, "" where there is none or it isn't to be offered
	Joined bool   // the conversation belongs to it
}

// Hints are the incidents that last at an instant, and those that a conversation
// belongs to.
func Hints(tx *store.Tx, by team.Actor, c id.Conversation, at time.Time) ([]Hint, error) {
	conv, err := desk.Get(tx, c)
	if err != nil || conv.Shop != by.Shop {
		return nil, fault.Missing("conversation")
	}
	lasting, err := Lasting(tx, by.Shop, at)
	if err != nil {
		return nil, err
	}
	joined, err := Joined(tx, c)
	out := make([]Hint, 0, len(lasting))
	for _, i := range lasting {
		h := Hint{ID: i.ID, Name: i.Name, Joined: slices.Contains(joined, i.ID)}
		if i.Hint {
			h.Text = i.Banner(conv.Language)
		}
		out = append(out, h)
	}
	return out, err
}
