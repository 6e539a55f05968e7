package knowledge

import (
	"cmp"
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/mime/compose"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Search says which answers are wanted.
type Search struct {
	Query    string               // words that all stand in title, shortcut or text, whatever their accents
	Folder   id.SavedAnswerFolder // none: of every folder
	Archived bool                 // those put away, in place of those in use
}

const (
	maxListed  = maxShared + maxPersonal
	maxWords   = 5
	maxQuery   = 200
	previewLen = 160
)

var (
	selectAnswers = store.SQL(`
		select ` + columns + ` from saved_answer
		where shop_id = $1 and (personal = false or owner_id = $2) and (archived_at is not null) = $3
			and words like $4 escape '\' and words like $5 escape '\' and words like $6 escape '\'
			and words like $7 escape '\' and words like $8 escape '\'
		order by id desc limit $9`)
	selectListedBodies = store.SQL(`
		select b.answer_id, b.language, b.html from saved_answer_body b join saved_answer a on a.id = b.answer_id
		where a.shop_id = $1 and (a.personal = false or a.owner_id = $2) and (a.archived_at is not null) = $3`)
)

// List reads the answers that the actor may use, at most 500, with their texts.
// What a search is most likely after comes first: the shortcut, then the title,
// then the text; and of these the most used.
func (s *Service) List(tx *store.Tx, by team.Actor, q Search) ([]Answer, error) {
	query := queryOf(q.Query)
	args := []any{by.Shop, by.Person, q.Archived}
	for _, w := range query.patterns {
		args = append(args, w)
	}
	found, err := store.All[Answer](tx, selectAnswers, append(args, maxListed)...)
	if err != nil || len(found) == 0 {
		return found, err
	}
	rows, err := store.All[bodyRow](tx, selectListedBodies, by.Shop, by.Person, q.Archived)
	if err != nil {
		return nil, err
	}
	bodies := map[id.SavedAnswer]map[string]string{}
	for _, r := range rows {
		if bodies[r.Answer] == nil {
			bodies[r.Answer] = map[string]string{}
		}
		bodies[r.Answer][r.Language] = r.HTML
	}
	out := found[:0]
	for _, a := range found {
		if q.Folder != 0 && a.Folder != q.Folder {
			continue
		}
		a.Bodies, a.Actions = bodies[a.ID], readActions(a.ActionsRaw)
		out = append(out, a)
	}
	slices.SortStableFunc(out, func(a, b Answer) int {
		return cmp.Or(cmp.Compare(query.rank(a), query.rank(b)), cmp.Compare(b.Uses, a.Uses), strings.Compare(lang.Fold(a.Title), lang.Fold(b.Title)))
	})
	return out, nil
}

// query is what was typed behind the slash, folded.
type query struct {
	text     string
	patterns [maxWords]string
}

func queryOf(typed string) query {
	if len(typed) > maxQuery {
		typed = typed[:maxQuery]
	}
	typed = strings.ToValidUTF8(strings.ReplaceAll(typed, "\x00", ""), "")
	q := query{text: strings.Join(strings.Fields(lang.Fold(strings.TrimPrefix(strings.TrimSpace(typed), "/"))), " ")}
	words := strings.Fields(q.text)
	for i := range q.patterns {
		q.patterns[i] = "%"
		if i < len(words) {
			q.patterns[i] = "%" + likeEscape.Replace(words[i]) + "%"
		}
	}
	return q
}

var likeEscape = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func (q query) rank(a Answer) int {
	if q.text == "" {
		return 0
	}
	shortcut, title := lang.Fold(a.Shortcut), lang.Fold(a.Title)
	switch {
	case shortcut == q.text:
		return 1
	case strings.HasPrefix(shortcut, q.text):
		return 2
	case strings.HasPrefix(title, q.text):
		return 3
	case strings.Contains(title, q.text):
		return 4
	}
	return 5
}

// Preview is the beginning of the text in a language, on one line: without the
// greeting, which all have, and with dots where something is filled in; "" when
// there is no text.
func (a Answer) Preview(language string) string {
	text := strings.TrimPrefix(strings.TrimSpace(compose.TextFromHTML(a.Bodies[language])), "{{greeting}}")
	text = strings.Join(strings.Fields(dotted(text)), " ")
	if runes := []rune(text); len(runes) > previewLen {
		return strings.TrimSpace(string(runes[:previewLen])) + "…"
	}
	return text
}

// dotted is the text with dots in place of its variables.
func dotted(text string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{{")
		_, after, closed := strings.Cut(rest, "}}")
		if !found || !closed {
			out.WriteString(text)
			return out.String()
		}
		out.WriteString(before + "…")
		text = strings.TrimPrefix(after, ".") // the dots end the sentence, too
	}
}
