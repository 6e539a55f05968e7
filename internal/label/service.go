package label

import (
	"strings"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Service holds the operations. It is safe for use by many goroutines.
type Service struct {
	Clock  clock.Clock
	Events *event.Log
}

// changed tells the screens to read the words anew (I9: what, never which word).
func (s *Service) changed(tx *store.Tx, by team.Actor, what string, row int64) error {
	e := event.Event{Kind: event.LabelsChanged, Shop: by.Shop, Person: by.Person}
	return s.Events.Append(tx, e.With(map[string]any{"what": what, "row": row}))
}

// maxWord bounds names, products and causes, in characters.
const maxWord = 60

// Word is a word as it is kept: on one line, with single blanks. Invalid faults
// on field for what is longer than 60 characters.
func Word(field, word string) (string, error) {
	word = strings.Join(strings.Fields(word), " ")
	if utf8.RuneCountInString(word) > maxWord {
		return word, fault.Wrong(field, "It is longer than 60 characters.")
	}
	return word, nil
}

func name(word string) (string, error) {
	word, err := Word("name", word)
	if err == nil && word == "" {
		err = fault.Wrong("name", "It needs a name.")
	}
	return word, err
}
