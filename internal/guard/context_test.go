package guard_test

import (
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/guard"
)

const wholeContext = `{"now":"2026-11-23T09:30","zone":"Europe/Paris","lang":"fr","channel":"mail","author":{"name":"Véronica"},
 "signature":"Véronica","shop":{"name":"Maison Lila","phones":["+33 4 72 00 00 00"],"siret":"380 129 866 00012"},
 "customer":{"name":"Camille Renaud","email":"camille@example.org","kind":"consumer"},"message":"Où est ma bague ?","attachments":["f.pdf",{"name":"g.pdf"}],
 "orders":[{"number":"ML-20417","placed":"2026-11-12","delivered":null,"total":49.90,"currency":"EUR","withdrawal_until":"2026-12-01T00:00:00Z"}],
 "others":["Paul Delmas",{"name":"Inès Belkacem","orders":["ML-20419",{"number":20420}],"email":null}],
 "forbidden":["avoir",{"words":"ticket","severity":"warn"}],"preferred":{"ticket":"demande"},"dead_links":["https://a.example"]}`

func TestParseContext(t *testing.T) {
	t.Parallel()
	d, f, err := guard.ParseContext([]byte(wholeContext))
	if err != nil {
		t.Fatal(err)
	}
	if !f.Now.Equal(time.Date(2026, time.November, 23, 8, 30, 0, 0, time.UTC)) {
		t.Errorf("now %v: a bare time is in the zone", f.Now)
	}
	if got := strings.Join(f.Others, ", "); got != "Paul Delmas, Inès Belkacem, ML-20419, 20420" {
		t.Errorf("others %q", got)
	}
	if len(d.Attachments) != 2 || f.Orders[0] != "ML-20417" || f.Forbidden[1].Severity != guard.Warns || f.SignatureUnknown {
		t.Errorf("%+v %+v", d, f)
	}
	d, f, err = guard.ParseContext([]byte(`{"now":null,"orders":null}`))
	if err != nil || !f.SignatureUnknown || !f.Now.IsZero() || d.Lang != "" {
		t.Errorf("%+v %v", f, err)
	}
}

func TestParseContextNamesTheKey(t *testing.T) {
	t.Parallel()
	for bad, want := range map[string]string{
		``:                                     "context",
		`[]`:                                   "context",
		`{"now":"demain"}`:                     "now",
		`{"zone":"Europe/Nowhere"}`:            "zone",
		`{"lang":3}`:                           "lang",
		`{"author":"Véronica"}`:                "author",
		`{"author":{"nom":"V"}}`:               "author.nom",
		`{"colour":"red"}`:                     "colour",
		`{"orders":{}}`:                        "orders",
		`{"orders":[{"placed":"2026-02-30"}]}`: "orders[0].placed",
		`{"orders":[{"nr":"1"}]}`:              "orders[0].nr",
		`{"others":[3]}`:                       "others[0]",
		`{"forbidden":[{"words":"a","severity":"grave"}]}`: "forbidden[0].severity",
		`{"preferred":["a"]}`:                              "preferred",
		`{"preferred":{"a":1}}`:                            "preferred.a",
		`{"attachments":[1]}`:                              "attachments[0]",
		`{"shop":{"phones":"1"}}`:                          "shop.phones",
	} {
		if _, _, err := guard.ParseContext([]byte(bad)); err == nil || !strings.HasPrefix(err.Error(), want+":") {
			t.Errorf("%s: %v, want %s: …", bad, err, want)
		}
	}
}

func FuzzParseContext(f *testing.F) {
	f.Add(wholeContext)
	f.Add(`{"others":[[[]]],"orders":[{}]}`)
	f.Fuzz(func(_ *testing.T, context string) {
		d, facts, err := guard.ParseContext([]byte(context))
		if err != nil {
			return
		}
		d.Text = "Bonjour Paul Delmas, la commande 20417 part au 12 rue des Lilas (a@b.example)."
		guard.Check(d, facts)
	})
}
