package demo_test

import (
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/demo"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// Wednesday, 11:20 in Paris.
var wednesday = time.Date(2026, 11, 25, 10, 20, 0, 0, time.UTC)

func TestShopStands(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		p := build(t, db)
		began := time.Now()
		if _, err := demo.Create(t.Context(), p.Desk, wednesday); err != nil {
			t.Fatal(err)
		}
		t.Logf("created in %s", time.Since(began))
	})
}
