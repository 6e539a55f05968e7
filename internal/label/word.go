package label

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Of what words are offered again.
const (
	Product = "product"
	Cause   = "cause"
)

const wordsOffered = 200

var (
	upsertWord = store.SQL(`
		insert into suggested_word (shop_id, what, word, used_at) values ($1, $2, $3, $4)
		on conflict (shop_id, what, word) do update set used_at = excluded.used_at`)
	selectWords = store.SQL(`select word from suggested_word where shop_id = $1 and what = $2 order by used_at desc, word limit $3`)
)

// Used remembers a product or cause that was noted, to offer it again.
func Used(tx *store.Tx, shop id.Shop, what, word string, at time.Time) error {
	if word == "" {
		return nil
	}
	_, err := store.Exec(tx, upsertWord, shop, what, word, at)
	return err
}

// Words reads the 200 products or causes noted last, the newest first.
func Words(tx *store.Tx, shop id.Shop, what string) ([]string, error) {
	return store.All[string](tx, selectWords, shop, what, wordsOffered)
}
