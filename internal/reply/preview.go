package reply

import (
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/mime/sanitise"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Previewed is what Send would say of an answer.
type Previewed struct {
	To       []mime.Address
	Findings []guard.Finding
	Held     []guard.Finding // what would keep it from leaving
	Promises []Promised      // what its text promises, with a date
}

// Preview says what Send would say of an answer now, its faults included, and
// writes nothing.
func (s *Service) Preview(tx *store.Tx, by desk.Actor, a Answer) (Previewed, error) {
	a.HTML = sanitise.Fragment(a.HTML)
	b, err := s.unread(tx, by, a)
	if err != nil {
		return Previewed{}, err
	}
	read := guard.Read(b.draft(), b.facts)
	if b.before.ID == 0 { // what was sent before is held by nothing
		b.findings = read.Findings
	}
	if !a.HoldingUntil.IsZero() {
		if err := s.Desk.Ledger.MightHold(tx, b.conv.ID, b.conv.Channel, a.HoldingUntil, by.Can(team.HoldAgain)); err != nil {
			return Previewed{}, err
		}
	}
	return Previewed{To: b.to, Findings: b.findings, Held: b.heldBy(a), Promises: b.promised(a, read.Promises)}, nil
}
