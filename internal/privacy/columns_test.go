package privacy_test

import (
	"os"
	"slices"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/privacy"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// textColumns are those of the schema as the engine knows it; goose's own table
// apart, which holds numbers of migrations.
var textColumns = map[store.Dialect]string{
	store.SQLite: `
		select t.name || '.' || c.name from sqlite_schema t join pragma_table_info(t.name) c
		where t.type = 'table' and t.name not like 'sqlite_%' and t.name not like 'goose_%'
			and (upper(c.type) like '%CHAR%' or upper(c.type) like '%TEXT%' or upper(c.type) like '%CLOB%'
				or upper(c.type) like '%JSON%' or upper(c.type) like '%BLOB%' or c.type = '')`,
	store.PostgreSQL: `
		select table_name || '.' || column_name from information_schema.columns
		where table_schema = current_schema() and table_name not like 'goose_%'
			and data_type not in ('bigint', 'integer', 'smallint', 'boolean')`,
}

func TestEachTextColumnHasItsEraser(t *testing.T) {
	t.Parallel()
	listed := map[string]bool{}
	for _, c := range privacy.Columns() {
		if listed[c.Table+"."+c.Name] {
			t.Errorf("%s.%s is listed twice", c.Table, c.Name)
		}
		listed[c.Table+"."+c.Name] = true
	}
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		var there []string
		err := db.Read(t.Context(), func(tx *store.Tx) (err error) {
			there, err = store.All[string](tx, store.Dynamic(textColumns[db.Dialect()]))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(there) < 100 {
			t.Fatalf("only %d text columns found: the question to the schema is wrong", len(there))
		}
		for _, c := range there {
			if !listed[c] {
				t.Errorf("%s has no eraser: say in columns.go what forgetting a person does to it", c)
			}
		}
		for c := range listed {
			if !slices.Contains(there, c) {
				t.Errorf("%s is listed, but no text column of the schema", c)
			}
		}
	})
}

func TestThePageIsTheList(t *testing.T) {
	t.Parallel()
	const path = "../../docs/erasure.md"
	if os.Getenv("COMPTOIR_WRITE_PAGES") != "" {
		if err := os.WriteFile(path, []byte(privacy.Page()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != privacy.Page() {
		t.Errorf("%s is not what the program says: run COMPTOIR_WRITE_PAGES=1 go test ./internal/privacy", path)
	}
}
