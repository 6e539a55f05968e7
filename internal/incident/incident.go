package incident

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/knowledge"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Service keeps incidents and sends their answers.
type Service struct {
	DB      *store.DB
	Clock   clock.Clock
	Log     *event.Log
	Queue   jobs.Queue
	Team    *team.Service
	Answers *knowledge.Service
	Reply   *reply.Service
}

// Incident is one matter that concerns many customers.
type Incident struct {
	ID       id.Incident `db:"id"`
	Shop     id.Shop     `db:"shop_id"`
	Name     string      `db:"name"`
	BeginsAt time.Time   `db:"begins_at"` // who wrote from then on may be concerned
	EndsAt   time.Time   `db:"ends_at"`   // expected; zero when nobody knows
	OpenedAt time.Time   `db:"opened_at"`
	OpenedBy id.Person   `db:"opened_by"`
	EndedAt  time.Time   `db:"ended_at"` // by hand; zero while it goes on
	Tag      id.Tag      `db:"tag_id"`   // later ones are known by any of these three
	Reason   id.Reason   `db:"reason_id"`
	Words    string      `db:"words"` // several apart by commas
	BannerFR string      `db:"banner_fr"`
	BannerEN string      `db:"banner_en"`
	Hint     bool        `db:"hint"` // the banner is offered beside the composer
	Revision int64       `db:"revision"`
}

// LastsAt tells whether its banner is said at an instant: it has begun, and is
// over neither by its expected end nor by hand.
func (i Incident) LastsAt(at time.Time) bool {
	return i.EndedAt.IsZero() && !at.Before(i.BeginsAt) && (i.EndsAt.IsZero() || at.Before(i.EndsAt))
}

// Banner is its text in a language, "" when there is none: another language
// never takes its place.
func (i Incident) Banner(language string) string {
	if language == "en" {
		return strings.TrimSpace(i.BannerEN)
	}
	return strings.TrimSpace(i.BannerFR)
}

// Input is what a person says of an incident.
type Input struct {
	Name               string
	BeginsAt, EndsAt   time.Time
	Tag                id.Tag
	Reason             id.Reason
	Words              string
	BannerFR, BannerEN string
	Hint               bool
}

const (
	longestName   = 120
	longestWords  = 300
	longestBanner = 2_000
	// MostConversations bounds an incident: its preview reads each of them.
	MostConversations = 500
)

func (in Input) checked(now time.Time) (Input, error) {
	in.Name = strings.Join(strings.Fields(in.Name), " ")
	in.Words = strings.Join(strings.Fields(in.Words), " ")
	in.BannerFR, in.BannerEN = strings.TrimSpace(in.BannerFR), strings.TrimSpace(in.BannerEN)
	if in.BeginsAt.IsZero() {
		in.BeginsAt = now
	}
	switch {
	case in.Name == "" || utf8.RuneCountInString(in.Name) > longestName || strings.ContainsFunc(in.Name, unicode.IsControl):
		return in, fault.Wrong("name", "Give the incident a name of at most 120 characters.")
	case !in.EndsAt.IsZero() && !in.EndsAt.After(in.BeginsAt):
		return in, fault.Wrong("ends_at", "It ends after it began.")
	case utf8.RuneCountInString(in.Words) > longestWords || strings.ContainsFunc(in.Words, unicode.IsControl):
		return in, fault.Wrong("words", "The words are longer than 300 characters.")
	}
	for _, b := range []struct{ field, text, language string }{{"banner_fr", in.BannerFR, "fr"}, {"banner_en", in.BannerEN, "en"}} {
		if utf8.RuneCountInString(b.text) > longestBanner {
			return in, fault.Wrong(b.field, "The text is longer than 2,000 characters.")
		}
		if hasHole(b.text, b.language) {
			return in, fault.Wrong(b.field, "The text has a hole that would be sent to customers.")
		}
	}
	return in, nil
}

// hasHole asks the guard as an acknowledgement is asked, so that its author
// hears of it now and not the customers' silence later.
func hasHole(text, language string) bool {
	if text == "" {
		return false
	}
	filled := strings.NewReplacer("{dossier}", "1", "{boutique}", "x", "{date}", "x").Replace(text)
	return guard.Blocks(guard.Check(guard.Draft{Text: filled, Kind: guard.KindAcknowledgement, Lang: language}, guard.Facts{}))
}

const columns = `id, shop_id, name, begins_at, ends_at, opened_at, opened_by, ended_at, tag_id, reason_id, words, banner_fr, banner_en, hint, revision`

var (
	selectIncident = store.SQL(`select ` + columns + ` from incident where id = $1 and shop_id = $2`)
	lockIncident   = store.SQL(`select ` + columns + ` from incident where id = $1 and shop_id = $2 {for update}`)
	selectAll      = store.SQL(`
		select ` + columns + ` from incident where shop_id = $1 order by case when ended_at is null then 0 else 1 end, id desc limit 200`)
	selectLasting = store.SQL(`
		select ` + columns + ` from incident
		where shop_id = $1 and ended_at is null and begins_at <= $2 and (ends_at is null or ends_at > $2) order by id limit 20`)
)

// Get reads an incident of the actor's shop.
func Get(tx *store.Tx, by team.Actor, i id.Incident) (Incident, error) {
	return found(store.Maybe[Incident](tx, selectIncident, i, by.Shop))
}

func found(i Incident, there bool, err error) (Incident, error) {
	if err == nil && !there {
		err = fault.Missing("incident")
	}
	return i, err
}

// List reads the newest 200 incidents of a shop, those that go on first.
func List(tx *store.Tx, by team.Actor) ([]Incident, error) {
	return store.All[Incident](tx, selectAll, by.Shop)
}

// Lasting reads what lasts in a shop at an instant, oldest first.
func Lasting(tx *store.Tx, shop id.Shop, at time.Time) ([]Incident, error) {
	return store.All[Incident](tx, selectLasting, shop, at)
}

// Banners are the texts that acknowledgements carry at an instant: what
// reply.Service asks for.
func Banners(tx *store.Tx, shop id.Shop, at time.Time) ([]reply.Banner, error) {
	lasting, err := Lasting(tx, shop, at)
	var out []reply.Banner
	for _, i := range lasting {
		if i.BannerFR != "" || i.BannerEN != "" {
			out = append(out, reply.Banner{French: i.Banner("fr"), English: i.Banner("en")})
		}
	}
	return out, err
}

func (s *Service) changed(tx *store.Tx, by id.Person, shop id.Shop, i id.Incident, what string) error {
	return s.Log.Append(tx, event.Event{Shop: shop, Kind: event.IncidentChanged, Person: by}.With(map[string]any{"incident": i, "what": what}))
}
