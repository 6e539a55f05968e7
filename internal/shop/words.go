package shop

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Words are words that the shop doesn't write: forbidden ones, or with Instead
// those for which it has its own.
type Words struct {
	Words   string `db:"words"`
	Instead string `db:"instead"` // "" where they are forbidden
	Stops   bool   `db:"stops"`   // of forbidden ones: an answer with them needs a reason
}

const (
	mostWords    = 200
	longestWords = 100 // code points
)

var (
	selectWords = store.SQL(`select words, instead, stops from shop_words where shop_id = $1 order by id`)
	deleteWords = store.SQL(`delete from shop_words where shop_id = $1`)
	insertWords = store.SQL(`insert into shop_words (shop_id, words, instead, stops) values ($1, $2, $3, $4)`)
)

// Words reads the shop's forbidden and preferred words in their order.
func (s *Service) Words(tx *store.Tx, of id.Shop) ([]Words, error) {
	return store.All[Words](tx, selectWords, of)
}

// SaveWords replaces the shop's words.
func (s *Service) SaveWords(ctx context.Context, by id.Person, of id.Shop, list []Words) error {
	list, err := checkedWords(list)
	if err != nil {
		return err
	}
	return s.db.InTx(ctx, func(tx *store.Tx) error {
		if err := touched(tx, of); err != nil {
			return err
		}
		if _, err := store.Exec(tx, deleteWords, of); err != nil {
			return err
		}
		for _, w := range list {
			if _, err := store.Exec(tx, insertWords, of, w.Words, w.Instead, w.Stops); err != nil {
				return err
			}
		}
		return s.tell(tx, event.Event{Shop: of, Kind: event.ShopChanged, Person: by}.With(map[string]any{"what": "words"}))
	})
}

func checkedWords(list []Words) ([]Words, error) {
	if len(list) > mostWords {
		return nil, fault.Wrong("words", "There are more than 200 words.")
	}
	out := make([]Words, 0, len(list))
	seen := map[string]bool{}
	for i, w := range list {
		w.Words, w.Instead = strings.TrimSpace(w.Words), strings.TrimSpace(w.Instead)
		field := fmt.Sprintf("words[%d]", i)
		switch {
		case !strings.ContainsFunc(w.Words, unicode.IsLetter):
			return nil, fault.Wrong(field, "Write a word, or a few.")
		case utf8.RuneCountInString(w.Words) > longestWords || utf8.RuneCountInString(w.Instead) > longestWords:
			return nil, fault.Wrong(field, "These words are longer than 100 characters.")
		case strings.ContainsFunc(w.Words+w.Instead, unicode.IsControl):
			return nil, fault.Wrong(field, "These words must fit on one line.")
		case strings.EqualFold(w.Words, w.Instead):
			return nil, fault.Wrong(field, "Both are the same words.")
		case seen[strings.ToLower(w.Words)]:
			return nil, fault.Wrong(field, "These words are there twice.")
		}
		seen[strings.ToLower(w.Words)] = true
		w.Stops = w.Stops && w.Instead == ""
		out = append(out, w)
	}
	return out, nil
}
