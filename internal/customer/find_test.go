package customer_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

var maisonLila = store.Dynamic(`insert into shop (id, name, language, timezone, holidays, created_at) values (1, 'Maison Lila', 'fr', 'Europe/Paris', 'FR', 1)`)

func names(t *testing.T, db *store.DB, asked string, limit int) (out []string) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		found, err := customer.ByName(tx, 1, asked, limit)
		for _, c := range found {
			out = append(out, c.Name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A hundred people are called Marie and a hundred Petit; one is both.
func TestCustomersAreFoundByTheirNames(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		all := []string{"Camille Renaud", "Hélène D’Arcy", "Marie Petit"}
		for n := range 100 {
			all = append(all, fmt.Sprintf("Marie Dupont%d", n), fmt.Sprintf("Paul Petit%d", n))
		}
		err := db.InTx(t.Context(), func(tx *store.Tx) error {
			if _, err := store.Exec(tx, maisonLila); err != nil {
				return err
			}
			for n, name := range all {
				_, err := customer.Recognise(tx, customer.Seen{
					Shop: 1, Identity: customer.MailIdentity(fmt.Sprintf("client%d@example.org", n)), Name: name, At: time.Unix(int64(n), 0),
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		const few = 20
		for asked, want := range map[string]string{
			"ren cam":       "[Camille Renaud]",
			"helene arcy":   "[Hélène D’Arcy]",
			"marie petit":   "[Marie Petit]", // neither name is rare: both are looked for at once
			"petit marie":   "[Marie Petit]",
			"marie dupont7": "[Marie Dupont7 Marie Dupont70 Marie Dupont71 Marie Dupont72 Marie Dupont73 Marie Dupont74 Marie Dupont75 Marie Dupont76 Marie Dupont77 Marie Dupont78 Marie Dupont79]",
			"marie colis":   "[]",
			"":              "[]",
		} {
			if got := fmt.Sprint(names(t, db, asked, few)); got != want {
				t.Errorf("%q finds %s, not %s", asked, got, want)
			}
		}
		if got := len(names(t, db, "marie", few)); got != few {
			t.Errorf("%d of the many Maries are shown, not %d", got, few)
		}
	})
}
