package customer

import (
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var (
	insertWord   = store.SQL(`insert into customer_word (shop_id, word, customer_id) values ($1, $2, $3) on conflict do nothing`)
	selectByWord = store.SQL(`
		select customer_id from customer_word where shop_id = $1 and word >= $2 and word < $3 order by word, customer_id limit $4`)
)

// wordsOfName bounds what a name of any length costs.
const wordsOfName = 8

func nameWords(name string) (words []string) {
	lang.Words(name, func(w lang.Word) bool {
		if !slices.Contains(words, w.Text) {
			words = append(words, w.Text)
		}
		return len(words) < wordsOfName
	})
	return words
}

// nameFindable keeps the words of a name, so that ByName finds it. Whoever
// writes a name calls it.
func nameFindable(tx *store.Tx, shop id.Shop, c id.Customer, name string) error {
	for _, w := range nameWords(name) {
		if _, err := store.Exec(tx, insertWord, shop, w, c); err != nil {
			return err
		}
	}
	return nil
}

// ByName finds customers each of whose names begins with a word of what was
// asked, in any order, case and accents apart: "ren cam" is Camille Renaud. At
// most limit are looked at for the longest of the words.
func ByName(tx *store.Tx, shop id.Shop, asked string, limit int) (found []Customer, err error) {
	words := nameWords(asked)
	if len(words) == 0 {
		return nil, nil
	}
	longest := slices.MaxFunc(words, func(a, b string) int { return len(a) - len(b) })
	ids, err := store.All[id.Customer](tx, selectByWord, shop, longest, longest+"\U0010ffff", limit)
	if err != nil {
		return nil, err
	}
	slices.Sort(ids)
	for _, c := range slices.Compact(ids) {
		one, err := Get(tx, c)
		if err != nil {
			return nil, err
		}
		if hasEach(nameWords(one.Name), words) {
			found = append(found, one)
		}
	}
	return found, nil
}

func hasEach(name, words []string) bool {
	for _, w := range words {
		if !slices.ContainsFunc(name, func(n string) bool { return strings.HasPrefix(n, w) }) {
			return false
		}
	}
	return true
}
