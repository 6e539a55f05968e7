package knowledge

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
)

// ActionKind is what an answer proposes to do beside being sent.
type ActionKind string

// The kinds of actions.
const (
	Tag    ActionKind = "tag"
	Assign ActionKind = "assign" // to a person or a team
	Snooze ActionKind = "snooze" // for a delay
	Wait   ActionKind = "wait"   // for the customer
	Close  ActionKind = "close"
)

// Action is one thing that the composer does when the answer is sent, unless
// its author takes it out. Tags and teams are kept by word and number: one that
// is gone by then is passed over.
type Action struct {
	Kind   ActionKind `json:"kind" enum:"tag,assign,snooze,wait,close"`
	Tag    string     `json:"tag,omitempty" maxLength:"200"`
	Person id.Person  `json:"person,omitempty"`
	Team   int64      `json:"team,omitempty"`
	Delay  string     `json:"delay,omitempty" maxLength:"40" doc:"Of a snooze: 2 open_days, 8 open_hours, 24 clock_hours"`
}

const (
	maxActions = 10
	maxTag     = 60
)

func checkActions(list []Action) error {
	if len(list) > maxActions {
		return fault.Wrong("actions", "There are more than 10 actions.")
	}
	seen := map[ActionKind]bool{}
	for i, a := range list {
		if wrong := a.wrong(); wrong != "" {
			return fault.Wrong(fmt.Sprintf("actions[%d]", i), wrong)
		}
		if seen[a.Kind] && a.Kind != Tag {
			return fault.Wrong(fmt.Sprintf("actions[%d]", i), "This action is there twice.")
		}
		seen[a.Kind] = true
	}
	if seen[Close] && (seen[Wait] || seen[Snooze]) || seen[Wait] && seen[Snooze] {
		return fault.Wrong("actions", "Of snooze, wait and close only one can be.")
	}
	return nil
}

// wrong says what an action lacks, or has that its kind doesn't.
func (a Action) wrong() string {
	only := Action{Kind: a.Kind}
	switch a.Kind {
	case Tag:
		if strings.TrimSpace(a.Tag) == "" || utf8.RuneCountInString(a.Tag) > maxTag || strings.ContainsFunc(a.Tag, unicode.IsControl) {
			return "A tag is a word or a few, at most 60 characters."
		}
		only.Tag = a.Tag
	case Assign:
		if (a.Person > 0) == (a.Team > 0) {
			return "Assign names a person or a team."
		}
		only.Person, only.Team = a.Person, a.Team
	case Snooze:
		if _, err := calendar.ParseDelay(a.Delay); err != nil {
			return "Snooze needs a delay such as 2 open_days."
		}
		only.Delay = a.Delay
	case Wait, Close:
	default:
		return "This action is not known."
	}
	if a != only {
		return "This action has a part that belongs to another."
	}
	return ""
}

// readActions passes over what a later or an earlier version wrote and this one
// doesn't know.
func readActions(raw string) []Action {
	var list []Action
	out := []Action{}
	if json.Unmarshal([]byte(raw), &list) != nil {
		return out
	}
	for _, a := range list {
		if a.wrong() == "" {
			out = append(out, a)
		}
	}
	return out
}
