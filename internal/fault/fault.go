package fault

import (
	"errors"
	"fmt"
)

// Kind says whose problem it is and what may be done.
type Kind int

// The kinds of faults. An error that is no Fault is Internal.
const (
	Internal        Kind = iota // ours: hidden from the person, logged with its cause
	Invalid                     // the input is wrong; Field names where
	Unauthenticated             // nobody is signed in, or the proof is wrong
	Forbidden                   // the person may not do this
	NotFound                    // absent, or not visible to this person
	Conflict                    // the state has moved on; Code says how
	Locked                      // too many attempts; later
	Unavailable                 // something outside does not answer; later
)

// Fault is an error with a kind.
type Fault struct {
	Kind   Kind
	Code   string // stable word, e.g. "stale", "unseen"
	Field  string // of Invalid: the input field
	Detail string // a sentence for the person
	Cause  error  // for the log
}

func (f *Fault) Error() string {
	if f.Cause != nil {
		return fmt.Sprintf("%s: %s: %v", f.Code, f.Detail, f.Cause)
	}
	return f.Code + ": " + f.Detail
}

// Unwrap gives the cause.
func (f *Fault) Unwrap() error { return f.Cause }

// New makes a fault of a kind with a code and a sentence.
func New(k Kind, code, detail string) *Fault { return &Fault{Kind: k, Code: code, Detail: detail} }

// Wrong says that one field of the input is wrong.
func Wrong(field, detail string) *Fault {
	return &Fault{Kind: Invalid, Code: "invalid", Field: field, Detail: detail}
}

// Missing says that something does not exist, or not for this person.
func Missing(what string) *Fault {
	return &Fault{Kind: NotFound, Code: "not_found", Detail: what + " not found"}
}

// KindOf reads the kind of any error.
func KindOf(err error) Kind {
	var f *Fault
	if errors.As(err, &f) {
		return f.Kind
	}
	return Internal
}

// Is tells whether err is a fault with this code.
func Is(err error, code string) bool {
	var f *Fault
	return errors.As(err, &f) && f.Code == code
}
