package promise

import (
	"slices"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Splitting says which messages leave a conversation for another.
type Splitting struct {
	From, Into id.Conversation
	Channel    string
	Messages   []id.Message
	By         id.Person
}

// Split owes an answer in Into for the messages that are owed one in From and
// leave it: due from the arrival of the first of them, and no later than
// before, since they were promised that. What stays is owed as before; when
// nothing does, the promise passes on. It tells how many of them left and
// stayed.
func (l *Ledger) Split(tx *store.Tx, s Splitting) (moved, stayed int, err error) {
	p, found, err := openOf(tx, s.From)
	if err != nil || !found {
		return 0, 0, err
	}
	covers, err := store.All[cover](tx, selectCoversOf, p.ID)
	if err != nil {
		return 0, 0, err
	}
	leaving := slices.DeleteFunc(slices.Clone(covers), func(c cover) bool { return !slices.Contains(s.Messages, c.Message) })
	moved, stayed = len(leaving), len(covers)-len(leaving)
	if moved == 0 {
		return moved, stayed, nil
	}
	hours, delay, err := l.Hours(tx, p.Shop, s.Channel)
	if err != nil {
		return 0, 0, err
	}
	due := delay.Due(hours, leaving[0].ArrivedAt)
	if p.DueAt.Before(due) || p.Holdings > 0 { // a holding answer gave its date for all of them
		due = p.DueAt
	}
	next, err := l.Open(tx, Owed{
		Shop: p.Shop, Conversation: s.Into, Channel: s.Channel, Kind: Answer, Basis: p.Basis, Since: leaving[0].ArrivedAt, DueAt: due,
		Person: p.Person, Message: leaving[0].Message, holdings: p.Holdings,
	})
	if err != nil {
		return 0, 0, err
	}
	for _, c := range leaving {
		if _, err := store.Exec(tx, moveCover, p.ID, next.ID, c.Message); err != nil {
			return 0, 0, err
		}
	}
	if stayed > 0 {
		return moved, stayed, nil
	}
	return moved, stayed, l.close(tx, p, ending{state: Passed, by: s.By, passedTo: next.ID})
}
