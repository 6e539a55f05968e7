package view

import (
	"cmp"
	"slices"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// promisesShown bounds what a conversation of many years shows.
const promisesShown = 100

var selectPromises = store.SQL(`
	select id, kind, title, basis, due_at, near_at, opened_at, state, reason, broken_at, person_id, closed_at, closed_by
	from promise where conversation_id = $1 and state <> 'void' order by id desc limit $2`)

// readPromises tells what is owed here: what is open by due time, then what is
// over, the newest first.
func (r *reading) readPromises(h *Head) error {
	h.Promises = []Promise{}
	found, err := store.All[promise.Promise](r.tx, selectPromises, r.conv.ID, promisesShown)
	if err != nil {
		return err
	}
	slices.SortStableFunc(found, func(a, b promise.Promise) int {
		aOpen, bOpen := a.State == promise.Open, b.State == promise.Open
		switch {
		case aOpen && bOpen:
			return cmp.Or(a.DueAt.Compare(b.DueAt), cmp.Compare(a.ID, b.ID))
		case aOpen != bOpen && aOpen:
			return -1
		case aOpen != bOpen:
			return 1
		}
		return 0 // as read: newest first
	})
	covers, err := r.coversOf(found)
	if err != nil {
		return err
	}
	inCharge, err := r.inCharge(found)
	if err != nil {
		return err
	}
	for _, p := range found {
		h.Promises = append(h.Promises, Promise{
			ID: p.ID, Kind: string(p.Kind), Title: p.Title, DueAt: p.DueAt, NearAt: orNull(p.NearAt), State: string(p.State),
			Mark: r.markOf(p), Late: p.Late(), Basis: string(p.Basis), InCharge: inCharge[p.ID], OpenedAt: p.OpenedAt,
			ClosedAt: orNull(p.ClosedAt), Reason: p.Reason, Covers: covers[p.ID],
		})
	}
	return r.readAsks(h, found)
}

// markOf: an open promise is near or broken by the time; broken stays a mark
// of one that is over.
func (r *reading) markOf(p promise.Promise) string {
	if p.State != promise.Open {
		if p.BrokenAt.IsZero() {
			return ""
		}
		return "broken"
	}
	if p.Kind == promise.Wait { // nothing is due
		return ""
	}
	if s := dueState(p.DueAt, p.NearAt, r.now); s != "open" {
		return s
	}
	return ""
}

func (r *reading) coversOf(found []promise.Promise) (map[id.Promise][]id.Message, error) {
	ids := distinct(found, func(p promise.Promise) id.Promise { return p.ID })
	rows, err := byIDs[promise.Cover](r.tx, `select promise_id, message_id from promise_message where promise_id in `, ids,
		` order by promise_id, message_id`)
	out := make(map[id.Promise][]id.Message, len(ids))
	for _, p := range ids {
		out[p] = []id.Message{}
	}
	for _, c := range rows {
		out[c.Promise] = append(out[c.Promise], c.Message)
	}
	return out, err
}

// inCharge names who answers for each promise: of an open one the person
// chosen, else the assignee, else the team's lead, else a lead, else the owner, with substitutes
// for the absent; of a finished one who ended it.
func (r *reading) inCharge(found []promise.Promise) (map[id.Promise]*Ref, error) {
	who := make(map[id.Promise]id.Person, len(found))
	stands := map[id.Person]id.Person{} // candidate → in charge today
	for _, p := range found {
		if p.State != promise.Open {
			who[p.ID] = cmp.Or(p.ClosedBy, p.Person)
			continue
		}
		candidate := cmp.Or(p.Person, r.conv.Assignee)
		today, asked := stands[candidate]
		if !asked {
			var err error
			if today, err = r.Team.InChargeFor(r.tx, team.Charge{Shop: r.by.Shop, Person: candidate, Team: r.conv.Team}, r.now, r.zone); err != nil {
				return nil, err
			}
			stands[candidate] = today
		}
		who[p.ID] = today
	}
	names, err := r.peopleOf(distinct(found, func(p promise.Promise) id.Person { return who[p.ID] }))
	out := make(map[id.Promise]*Ref, len(who))
	for p, person := range who {
		out[p] = names.ref(person)
	}
	return out, err
}
