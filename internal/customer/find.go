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
	// The limit in the middle keeps SQLite from reading files that are left out.
	selectByWords = store.SQL(`
		select ` + foundColumns + ` from (
			select w.customer_id from (
				select customer_id from customer_word where shop_id = $1 and word >= $2 and word < $3 order by word, customer_id limit $6
			) w where exists (select 1 from customer_word o where o.customer_id = w.customer_id and o.word >= $4 and o.word < $5) limit $6
		) f join customer c on c.id = f.customer_id`)
	countWord = store.SQL(`
		select count(*) from (select 1 from customer_word where shop_id = $1 and word >= $2 and word < $3 limit $4) few`)
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
// most limit are looked at for the rarest of the words; where none is rare, ten
// times as many for two of them.
func ByName(tx *store.Tx, shop id.Shop, asked string, limit int) (found []Customer, err error) {
	words := nameWords(asked)
	if len(words) == 0 {
		return nil, nil
	}
	rarest, fewest, err := rarestWord(tx, shop, words, limit)
	if err != nil || fewest == 0 {
		return nil, err
	}
	first := words[rarest]
	var all []Customer
	if fewest < limit || len(words) == 1 {
		all, err = store.All[Customer](tx, selectByWord, shop, first, first+past, limit)
	} else {
		other := words[(rarest+1)%len(words)]
		all, err = store.All[Customer](tx, selectByWords, shop, first, first+past, other, other+past, 10*limit)
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

// rarestWord is the word that the fewest names begin with, of the longest where
// several are in limit names or more; none is looked at behind one that no name
// has.
func rarestWord(tx *store.Tx, shop id.Shop, words []string, limit int) (rarest, fewest int, err error) {
	fewest = limit + 1
	for i, w := range words {
		n, err := store.One[int](tx, countWord, shop, w, w+past, limit)
		if err != nil || n == 0 {
			return i, 0, err
		}
		if n < fewest || n == fewest && len(w) > len(words[rarest]) {
			rarest, fewest = i, n
		}
	}
	return rarest, fewest, nil
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
