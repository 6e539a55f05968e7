package view

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/search"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Suggestions are what the palette offers while somebody types.
type Suggestions struct {
	Conversation *Row            `json:"conversation" doc:"The conversation of that number; null when it is none"`
	People       []FoundCustomer `json:"people" nullable:"false"`
	Tags         []string        `json:"tags" nullable:"false"`
	Operators    []string        `json:"operators" nullable:"false" doc:"What the last word may become"`
}

const suggested = 5

var suggestTags = store.SQL(`
	select name from tag where shop_id = $1 and folded >= $2 and folded < $3 and archived = false order by folded limit $4`)

// Suggest offers people, a conversation's number, tags and operators for what
// was typed so far. It refuses nothing: half a question is no mistake yet.
func (l *Lists) Suggest(ctx context.Context, by Actor, q string) (Suggestions, error) {
	out := Suggestions{People: []FoundCustomer{}, Tags: []string{}, Operators: []string{}}
	q = strings.ReplaceAll(strings.ToValidUTF8(strings.TrimSpace(q), ""), "\x00", "")
	if q == "" || len(q) > mostAsked {
		return out, nil
	}
	last := q[strings.LastIndexAny(q, " \t")+1:]
	out.Operators = append(out.Operators, search.Complete(last)...)
	err := l.DB.Read(ctx, func(tx *store.Tx) error {
		zone, _, err := shopZone(tx, by.Shop)
		if err != nil {
			return err
		}
		if err := out.number(tx, by, q, l); err != nil {
			return err
		}
		if ask, err := search.Parse(q, l.Clock.Now(), zone); err == nil && len([]rune(q)) >= 2 {
			if out.People, err = peopleNamed(tx, by.Shop, q, ask, suggested); err != nil {
				return err
			}
		} else if err != nil && fault.KindOf(err) != fault.Invalid {
			return err
		}
		out.Tags, err = tagsFor(tx, by.Shop, last)
		return err
	})
	return out, failed("suggestions", err)
}

// number finds the conversation that people call by that number, merged ones
// where they went.
func (s *Suggestions) number(tx *store.Tx, by Actor, q string, l *Lists) error {
	n, err := strconv.ParseInt(strings.TrimPrefix(q, "#"), 10, 64)
	if err != nil || n <= 0 {
		return nil //nolint:nilerr // no number, no conversation
	}
	convs, err := byIDs[conversation](tx, conversationRow+` where c.shop_id = $1 and c.id in `, []id.Conversation{id.Conversation(n)}, ``, by.Shop)
	if err != nil || len(convs) == 0 {
		return err
	}
	rows, err := dressed(tx, by.Person, convs, l.Clock.Now())
	if err == nil {
		s.Conversation = &rows[0]
	}
	return err
}

func tagsFor(tx *store.Tx, shop id.Shop, last string) ([]string, error) {
	word := lang.Fold(last)
	if name, value, found := strings.Cut(word, ":"); found {
		if !slices.Contains([]string{"tag", "etiquette"}, name) {
			return []string{}, nil
		}
		word = strings.Trim(value, "\"")
	} else if len(word) < 2 {
		return []string{}, nil
	}
	return store.All[string](tx, suggestTags, shop, word, word+"\U0010ffff", suggested)
}
