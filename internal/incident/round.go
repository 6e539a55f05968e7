package incident

import (
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime/compose"
	"github.com/comptoir-desk/comptoir/internal/mime/sanitise"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// RoundState is where a round stands.
type RoundState string

// The states of a round. After sending it is open again, for those that join
// later: each conversation is answered once in it.
const (
	Open    RoundState = "open"
	Sending RoundState = "sending"
	Paused  RoundState = "paused"
)

// Round is one text that is sent to an incident's conversations.
type Round struct {
	ID           id.IncidentRound `db:"id"`
	Incident     id.Incident      `db:"incident_id"`
	Number       int              `db:"number"`
	State        RoundState       `db:"state"`
	TextFR       string           `db:"text_fr"` // HTML with variables, "" for none
	TextEN       string           `db:"text_en"`
	HoldingUntil time.Time        `db:"holding_until"` // set: a holding answer, which gives this date (P03)
	PerMinute    int              `db:"per_minute"`
	StartedBy    id.Person        `db:"started_by"` // who signs
	StartedAt    time.Time        `db:"started_at"`
	CreatedAt    time.Time        `db:"created_at"`
	Revision     int64            `db:"revision"`
}

func (r Round) bodies() map[string]string { return map[string]string{"fr": r.TextFR, "en": r.TextEN} }

const (
	perMinute     = 20
	mostPerMinute = 60 // mailbox providers slow down or refuse who sends faster
	longestText   = 50_000
)

const roundColumns = `id, incident_id, number, state, text_fr, text_en, holding_until, per_minute, started_by, started_at, created_at, revision`

var (
	insertRound  = store.SQL(`insert into incident_round (incident_id, number, per_minute, created_at) values ($1, $2, $3, $4)`)
	selectRound  = store.SQL(`select ` + roundColumns + ` from incident_round where id = $1`)
	lockRound    = store.SQL(`select ` + roundColumns + ` from incident_round where id = $1 {for update}`)
	selectNewest = store.SQL(`select ` + roundColumns + ` from incident_round where incident_id = $1 order by number desc limit 1`)
	selectRounds = store.SQL(`select ` + roundColumns + ` from incident_round where incident_id = $1 order by number`)
	updateText   = store.SQL(`
		update incident_round set text_fr = $2, text_en = $3, holding_until = $4, per_minute = $5, revision = revision + 1 where id = $1`)
)

// Rounds reads the rounds of an incident, oldest first; the newest is the one
// that is written.
func Rounds(tx *store.Tx, i id.Incident) ([]Round, error) {
	return store.All[Round](tx, selectRounds, i)
}

// Newest reads the round that is written.
func Newest(tx *store.Tx, i id.Incident) (Round, error) {
	return store.One[Round](tx, selectNewest, i)
}

// newest reads the round that is written, held.
func newest(tx *store.Tx, i id.Incident) (Round, error) {
	r, err := Newest(tx, i)
	if err != nil {
		return r, err
	}
	return store.One[Round](tx, lockRound, r.ID)
}

// Text is what a person writes for a round.
type Text struct {
	FR, EN       string // HTML as the composer writes it, with the variables of saved answers
	HoldingUntil time.Time
	PerMinute    int // 0 for 20
}

// errSending: what is being sent is what was shown.
var errSending = fault.New(fault.Conflict, "sending", "It is being sent; pause or cancel it first.")

// Write changes the text of the newest round as its author read it at a
// revision; a Conflict fault "stale" when somebody was faster. Answers that were
// edited alone keep their own text.
func (s *Service) Write(tx *store.Tx, by team.Actor, i id.Incident, revision int64, t Text) error {
	if _, err := s.own(tx, by, i); err != nil {
		return err
	}
	r, err := newest(tx, i)
	if err != nil {
		return err
	}
	switch {
	case r.State == Sending:
		return errSending
	case r.Revision != revision:
		return errStale
	case len(t.FR) > longestText || len(t.EN) > longestText:
		return fault.Wrong("text", "The text is longer than 50,000 characters.")
	case t.PerMinute < 0 || t.PerMinute > mostPerMinute:
		return fault.Wrong("per_minute", "At most 60 answers a minute.")
	}
	if t.PerMinute == 0 {
		t.PerMinute = perMinute
	}
	if _, err := store.Exec(tx, updateText, r.ID, written(t.FR), written(t.EN), t.HoldingUntil, t.PerMinute); err != nil {
		return err
	}
	return s.changed(tx, by.Person, by.Shop, i, "text")
}

// written is a text as it may be sent; one without words is none.
func written(text string) string {
	text = sanitise.Fragment(strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), ""))
	if strings.TrimSpace(compose.TextFromHTML(text)) == "" {
		return ""
	}
	return text
}

// Again begins a further round: another text for the same conversations. The
// one before must have left.
func (s *Service) Again(tx *store.Tx, by team.Actor, i id.Incident) (id.IncidentRound, error) {
	if _, err := s.own(tx, by, i); err != nil {
		return 0, err
	}
	r, err := newest(tx, i)
	if err != nil {
		return 0, err
	}
	if r.State != Open {
		return 0, errSending
	}
	n, err := store.One[int](tx, countSent, r.ID)
	if err != nil {
		return 0, err
	}
	if n == 0 {
		return 0, fault.New(fault.Conflict, "unsent", "The answer that is written has not been sent to anybody yet.")
	}
	if _, err := store.Exec(tx, insertRound, i, r.Number+1, r.PerMinute, s.Clock.Now()); err != nil {
		return 0, err
	}
	next, err := Newest(tx, i)
	if err != nil {
		return 0, err
	}
	return next.ID, s.changed(tx, by.Person, by.Shop, i, "round")
}

var countSent = store.SQL(`select count(*) from incident_answer where round_id = $1 and state = 'sent'`)
