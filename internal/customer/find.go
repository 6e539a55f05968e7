package customer

import (
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/store"
)

const foundColumns = `c.id, c.shop_id, c.name, c.language, c.note, c.created_at, c.last_at`

var (
	insertWord   = store.SQL(`insert into customer_word (shop_id, word, customer_id) values ($1, $2, $3) on conflict do nothing`)
	selectByWord = store.SQL(`
		select ` + foundColumns + ` from (
			select customer_id from customer_word where shop_id = $1 and word >= $2 and word < $3 order by word, customer_id limit $4
		) w join customer c on c.id = w.customer_id`)
	selectByWords = store.SQL(`
		select ` + foundColumns + ` from (
			select customer_id from customer_word where shop_id = $1 and word >= $2 and word < $3 order by word, customer_id limit $6
		) w join customer c on c.id = w.customer_id
		where exists (select 1 from customer_word o where o.customer_id = w.customer_id and o.word >= $4 and o.word < $5)`)
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
// most limit are looked at for the longest of the words; where there are
// several, ten times as many.
func ByName(tx *store.Tx, shop id.Shop, asked string, limit int) (found []Customer, err error) {
	words := nameWords(asked)
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	var all []Customer
	switch len(words) {
	case 0:
		return nil, nil
	case 1:
		all, err = store.All[Customer](tx, selectByWord, shop, words[0], words[0]+past, limit)
	default:
		all, err = store.All[Customer](tx, selectByWords, shop, words[0], words[0]+past, words[1], words[1]+past, 10*limit)
	}
	if err != nil {
		return nil, err
	}
	seen := make(map[id.Customer]bool, len(all))
	for _, c := range all {
		if !seen[c.ID] && hasEach(nameWords(c.Name), words) {
			found = append(found, c)
		}
		seen[c.ID] = true
	}
	return found, nil
}

// past stands behind every word that begins alike.
const past = "\U0010ffff"

func hasEach(name, words []string) bool {
	for _, w := range words {
		if !slices.ContainsFunc(name, func(n string) bool { return strings.HasPrefix(n, w) }) {
			return false
		}
	}
	return true
}
