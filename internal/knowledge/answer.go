package knowledge

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/mime/compose"
	"github.com/comptoir-desk/comptoir/internal/mime/sanitise"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Answer is a saved answer.
type Answer struct {
	ID         id.SavedAnswer       `db:"id"`
	Shop       id.Shop              `db:"shop_id"`
	Folder     id.SavedAnswerFolder `db:"folder_id"` // none: in no folder
	Title      string               `db:"title"`
	Shortcut   string               `db:"shortcut"`  // the word behind the slash, "" for none
	Owner      id.Person            `db:"owner_id"`  // who keeps it current; none: the leads
	Personal   bool                 `db:"personal"`  // the owner's own: nobody else sees it
	ReviewOn   string               `db:"review_on"` // YYYY-MM-DD, "" for never
	ActionsRaw string               `db:"actions"`
	Words      string               `db:"words"`
	Uses       int64                `db:"uses"`
	UsedAt     time.Time            `db:"used_at"`
	ArchivedAt time.Time            `db:"archived_at"`
	Revision   int64                `db:"revision"`
	UpdatedAt  time.Time            `db:"updated_at"`

	Bodies  map[string]string // HTML by language
	Actions []Action
}

// Languages are those that the answer is written in, in alphabetical order.
func (a Answer) Languages() []string {
	out := []string{}
	for _, l := range languages {
		if a.Bodies[l] != "" {
			out = append(out, l)
		}
	}
	return out
}

// Archived tells whether it was put away.
func (a Answer) Archived() bool { return !a.ArchivedAt.IsZero() }

var languages = []string{"en", "fr"}

// Input is what a person writes of an answer.
type Input struct {
	Folder   id.SavedAnswerFolder
	Title    string
	Shortcut string
	Owner    id.Person
	Personal bool
	ReviewOn string
	Bodies   map[string]string // HTML by language, "" for none
	Actions  []Action
}

const (
	maxTitle    = 120
	maxShortcut = 30
	maxBody     = 50_000
)

var shortcut = pattern.Of(`^[\p{Ll}\p{Lo}\d][\p{Ll}\p{Lo}\d_-]*$`)

// checked is the input as it is stored, or the first thing that is wrong in it.
func (in Input) checked() (Input, error) {
	in.Title = strings.Join(strings.Fields(in.Title), " ")
	in.Shortcut = strings.ToLower(strings.TrimPrefix(strings.TrimSpace(in.Shortcut), "/"))
	switch {
	case in.Title == "":
		return in, fault.Wrong("title", "The answer needs a title.")
	case utf8.RuneCountInString(in.Title) > maxTitle || strings.ContainsFunc(in.Title, unicode.IsControl):
		return in, fault.Wrong("title", "The title must be at most 120 characters on one line.")
	case in.Shortcut != "" && (utf8.RuneCountInString(in.Shortcut) > maxShortcut || !shortcut.MatchString(in.Shortcut)):
		return in, fault.Wrong("shortcut", "A shortcut is one word of at most 30 letters, digits and hyphens.")
	}
	if in.ReviewOn != "" {
		if _, err := calendar.ParseDate(in.ReviewOn); err != nil {
			return in, fault.Wrong("review_on", "This is no day of the calendar.")
		}
	}
	if err := in.takeBodies(); err != nil {
		return in, err
	}
	return in, checkActions(in.Actions)
}

// takeBodies keeps of each text what may be sent: it is inserted into drafts as
// it is.
func (in *Input) takeBodies() error {
	kept := map[string]string{}
	for l, body := range in.Bodies {
		if !slices.Contains(languages, l) {
			return fault.Wrong("bodies", "A text is in French (fr) or English (en).")
		}
		if len(body) > maxBody {
			return fault.Wrong("bodies."+l, "The text is longer than 50,000 characters.")
		}
		body = sanitise.Fragment(strings.ToValidUTF8(strings.ReplaceAll(body, "\x00", ""), ""))
		if strings.TrimSpace(compose.TextFromHTML(body)) != "" {
			kept[l] = body
		}
	}
	if len(kept) == 0 {
		return fault.Wrong("bodies", "The answer needs a text in at least one language.")
	}
	in.Bodies = kept
	return nil
}

// words are what search looks through, folded.
func (in Input) words() string {
	all := []string{in.Title, in.Shortcut}
	for _, l := range languages {
		if in.Bodies[l] != "" {
			all = append(all, compose.TextFromHTML(in.Bodies[l]))
		}
	}
	return lang.Fold(strings.Join(all, "\n"))
}

const columns = `id, shop_id, folder_id, title, shortcut, owner_id, personal, review_on, actions, words, uses, used_at, archived_at, revision, updated_at`

var (
	selectAnswer = store.SQL(`
		select ` + columns + ` from saved_answer where id = $1 and shop_id = $2 and (personal = false or owner_id = $3)`)
	selectAnswerLocked = store.SQL(`
		select ` + columns + ` from saved_answer where id = $1 and shop_id = $2 and (personal = false or owner_id = $3) {for update}`)
	selectBodies = store.SQL(`select answer_id, language, html from saved_answer_body where answer_id = $1 order by language`)
)

type bodyRow struct {
	Answer   id.SavedAnswer `db:"answer_id"`
	Language string         `db:"language"`
	HTML     string         `db:"html"`
}

// Get reads an answer with its texts, an archived one too; a NotFound fault
// when there is none that the actor may see.
func (s *Service) Get(tx *store.Tx, by team.Actor, answer id.SavedAnswer) (Answer, error) {
	return get(tx, selectAnswer, by, answer)
}

func get(tx *store.Tx, statement store.Statement, by team.Actor, answer id.SavedAnswer) (Answer, error) {
	a, found, err := store.Maybe[Answer](tx, statement, answer, by.Shop, by.Person)
	if err != nil {
		return a, err
	}
	if !found {
		return a, fault.Missing("saved answer")
	}
	rows, err := store.All[bodyRow](tx, selectBodies, answer)
	if err != nil {
		return a, err
	}
	a.Bodies = map[string]string{}
	for _, r := range rows {
		a.Bodies[r.Language] = r.HTML
	}
	a.Actions = readActions(a.ActionsRaw)
	return a, nil
}

func actionsJSON(list []Action) string {
	raw, err := json.Marshal(append([]Action{}, list...))
	if err != nil { // cannot happen: words and numbers only
		return "[]"
	}
	return string(raw)
}
