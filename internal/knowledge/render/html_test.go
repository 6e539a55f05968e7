package render_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/knowledge/render"
	"github.com/comptoir-desk/comptoir/internal/mime/sanitise"
)

// Sunday, 15:20 in Paris.
var sunday = time.Date(2026, 11, 22, 14, 20, 0, 0, time.UTC)

func week(t testing.TB, closed string) calendar.Hours {
	t.Helper()
	h, err := calendar.ParseHours([]byte(`{"timezone":"Europe/Paris","holidays":"FR",
		"week":{"mon":[["14:00","18:30"]],"tue":[["09:30","12:30"],["14:00","18:30"]],"wed":[["09:30","12:30"],["14:00","18:30"]],
			"thu":[["09:30","12:30"],["14:00","18:30"]],"fri":[["09:00","12:00"]]},"closed":[` + closed + `]}`))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func facts(t testing.TB) render.Facts {
	t.Helper()
	return render.Facts{
		Now: sunday, Hours: week(t, ""), Received: sunday.AddDate(0, 0, -2),
		Customer: render.Customer{Name: "Camille Renaud", Email: "camille@example.org"},
		Shop:     render.Shop{Name: "Maison Lila", URL: "https://maison-lila.fr", Address: "12 rue des Tanneurs\n37000 Tours", Language: "fr"},
		Author:   render.Author{Name: "Véronica Lambert", Role: "Fondatrice"},
		More: map[string]render.Value{
			"order.total": render.Money(124990, "EUR"), "order.date": render.Day(calendar.Date{Year: 2026, Month: 11, Day: 12}),
		},
	}
}

// spaced shows the no-break spaces of typography as what they are.
var spaced = strings.NewReplacer("\u202f", "~", "\u00a0", "_")

func TestVariables(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		what, body, french, english string
		holes                       []string
	}{
		{"greeting", `<p>{{greeting}}</p>`, `<p>Bonjour Camille Renaud,</p>`, `<p>Hello Camille Renaud,</p>`, nil},
		{"first name", `{{customer.first_name}}`, `Camille`, `Camille`, nil},
		{"spaces and no-break spaces", "{{\u00a0customer.first_name }}", `Camille`, `Camille`, nil},
		{"a default that isn't needed", `{{customer.first_name|"Madame, Monsieur"}}`, `Camille`, `Camille`, nil},
		{"a default", `{{customer.phone | "numéro inconnu"}}`, `numéro inconnu`, `numéro inconnu`, nil},
		{"a default as a phone writes it", `{{customer.phone|« numéro inconnu »}}`, `numéro inconnu`, `numéro inconnu`, nil},
		{"the quotes of a word processor", `{{date “3 open_days”}}`, `mercredi 25 novembre 2026`, `Wednesday 25 November 2026`, nil},
		{"an entity", `{{customer.phone|&#34;a &amp; b&#34;}}`, `a &amp; b`, `a &amp; b`, nil},
		{"no value and no default", `<p>n° {{order.number}}, {{order.number}}</p>`, `<p>n° {{order.number}}, {{order.number}}</p>`, `<p>n° {{order.number}}, {{order.number}}</p>`, []string{"{{order.number}}"}},
		{"an unknown name", `{{client.prenom}}`, `{{client.prenom}}`, `{{client.prenom}}`, []string{"{{client.prenom}}"}},
		{"no variable", `{{ Bonjour à tous }}`, `{{ Bonjour à tous }}`, `{{ Bonjour à tous }}`, []string{"{{ Bonjour à tous }}"}},
		{"an argument too many", `{{shop.name "x"}}`, `{{shop.name &#34;x&#34;}}`, `{{shop.name &#34;x&#34;}}`, []string{`{{shop.name "x"}}`}},
		{"an amount", `{{order.total}}`, `1~249,90_€`, `€1,249.90`, nil},
		{"a day", `{{order.date}}`, `12/11/2026`, `12/11/2026`, nil},
		{"lines", `<p>{{shop.address}}</p>`, `<p>12 rue des Tanneurs<br/>37000 Tours</p>`, `<p>12 rue des Tanneurs<br/>37000 Tours</p>`, nil},
		{"a link", `<p>Voir {{shop.url}}</p>`, `<p>Voir <a href="https://maison-lila.fr">https://maison-lila.fr</a></p>`, `<p>Voir <a href="https://maison-lila.fr">https://maison-lila.fr</a></p>`, nil},
		{"in a link", `<a href="https://maison-lila.fr">{{shop.url}}</a>`, `<a href="https://maison-lila.fr">https://maison-lila.fr</a>`, `<a href="https://maison-lila.fr">https://maison-lila.fr</a>`, nil},
		{"author", `{{author.first_name}}, {{author.role}}`, `Véronica, Fondatrice`, `Véronica, Fondatrice`, nil},
		{"typography", `<p>Bonjour : <strong>{{shop.name}}</strong> ? Oui !</p>`, `<p>Bonjour~: <strong>Maison Lila</strong>~? Oui~!</p>`, `<p>Bonjour : <strong>Maison Lila</strong> ? Oui !</p>`, nil},
		{"an empty paragraph goes", `<p>a</p><p>{{closing|""}}</p><ul><li><p>{{closing|""}}</p></li></ul>`, `<p>a</p>`, `<p>a</p>`, nil},
		{"a paragraph with more stays", `<p>a {{closing|""}}b</p>`, `<p>a b</p>`, `<p>a b</p>`, nil},
		{"today", `{{today}}`, `22/11/2026`, `22/11/2026`, nil},
		{"received", `{{received}}`, `20/11/2026`, `20/11/2026`, nil},
		{"hours of a closed day", `{{hours}}`, `fermé aujourd’hui, de nouveau ouvert le lundi 23 novembre 2026 à 14 h`, `closed today, open again on Monday 23 November 2026 at 14:00`, nil},
		{
			"hours of the week", `{{hours.week}}`,
			`le lundi de 14_h à 18_h_30, du mardi au jeudi de 9_h_30 à 12_h_30 et de 14_h à 18_h_30, le vendredi de 9_h à 12_h`,
			`on Monday from 14:00 to 18:30, Tuesday to Thursday from 09:30 to 12:30 and from 14:00 to 18:30, on Friday from 09:00 to 12:00`, nil,
		},
	} {
		f := facts(t)
		got := render.HTML(tt.body, f)
		if s := spaced.Replace(got.HTML); s != tt.french {
			t.Errorf("%s: %s, want %s", tt.what, s, tt.french)
		}
		if !slices.Equal(got.Holes, tt.holes) {
			t.Errorf("%s: holes %q, want %q", tt.what, got.Holes, tt.holes)
		}
		f.Lang = "en"
		if s := spaced.Replace(render.HTML(tt.body, f).HTML); s != tt.english {
			t.Errorf("%s, in English: %s, want %s", tt.what, s, tt.english)
		}
	}
}

// I8: a value is text, whatever a customer calls themselves.
func TestAValueIsNeitherMarkupNorVariable(t *testing.T) {
	t.Parallel()
	f := facts(t)
	f.Customer.Email = `"><script>alert(1)</script>`
	f.More["order.address"] = render.Words("{{shop.name}}\n<img src=x onerror=alert(1)>")
	f.More["order.tracking_url"] = render.Words(`https://evil.example/"onmouseover="alert(1)`)
	got := render.HTML(`<p>{{customer.email}} {{order.address}} {{order.tracking_url}}</p>`, f).HTML
	want := `<p>&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt; {{shop.name}}<br/>&lt;img src=x onerror=alert(1)&gt; https://evil.example/&#34;onmouseover=&#34;alert(1)</p>`
	if got != want {
		t.Errorf("got %s", got)
	}
}

func TestWhenTheShopIsClosed(t *testing.T) {
	t.Parallel()
	f := facts(t)
	f.Hours = week(t, `{"first":"2026-12-24","last":"2027-01-03","text":"Fermé pour les fêtes."},"2027-02-01"`)
	for _, tt := range []struct {
		at       time.Time
		language string
		want     string
	}{
		{sunday, "fr", `{{closing}} {{closing.back}}`}, // in more than a month
		{sunday.AddDate(0, 0, 3), "fr", `Fermé pour les fêtes. lundi 4 janvier 2027`},
		{sunday.AddDate(0, 0, 3), "en", `We are closed from 24/12/2026 to 03/01/2027 inclusive. Monday 4 January 2027`},
		{time.Date(2026, 12, 28, 9, 0, 0, 0, time.UTC), "fr", `Fermé pour les fêtes. lundi 4 janvier 2027`},
		{time.Date(2027, 1, 20, 9, 0, 0, 0, time.UTC), "fr", `Nous sommes fermés le 01/02/2027. mardi 2 février 2027`},
	} {
		f.Now, f.Lang = tt.at, tt.language
		if got := render.HTML(`{{closing}} {{closing.back}}`, f).HTML; got != tt.want {
			t.Errorf("%s: %s, want %s", tt.at, got, tt.want)
		}
	}
	f.Hours = calendar.Hours{Always: true, Location: time.UTC}
	if got := spaced.Replace(render.HTML(`{{hours}}, {{hours.week}}`, f).HTML); got != "24 hours a day, 24 hours a day, 7 days a week" && got != "24 heures sur 24, 24 heures sur 24, 7 jours sur 7" {
		t.Errorf("round the clock: %s", got)
	}
}

func TestNothingKnownIsNoPanic(t *testing.T) {
	t.Parallel()
	got := render.HTML(`<p>{{greeting}} {{today}} {{hours}} {{hours.week}} {{received}} {{closing}} {{date "1 day"}}</p>`, render.Facts{})
	if want := []string{"{{today}}", "{{hours}}", "{{hours.week}}", "{{received}}", "{{closing}}", `{{date "1 day"}}`}; !slices.Equal(got.Holes, want) {
		t.Errorf("holes %q", got.Holes)
	}
}

func FuzzHTML(f *testing.F) {
	for _, s := range []string{
		`<p>{{greeting}}</p>`, `{{customer.first_name|"Madame, Monsieur"}}`, `{{date "14 legal_days" from received}}`, `{{date "9999999999 days"}}`,
		`<a href="{{shop.url}}">{{shop.url}}</a>`, `{{{{greeting}}}}`, `<ul><li>{{closing|""}}`, `{{date "3 open_days" "short"}}`, "{{\x00}}", `<table><p>{{x}}`,
	} {
		f.Add(s)
	}
	known := facts(f)
	f.Fuzz(func(t *testing.T, body string) {
		body = sanitise.Fragment(body) // as it is stored
		got := render.HTML(body, known)
		for _, h := range got.Holes {
			if !strings.HasPrefix(h, "{{") || !strings.HasSuffix(h, "}}") {
				t.Errorf("%q is no hole of %q", h, body)
			}
		}
		if strings.Contains(got.HTML, "<script") {
			t.Errorf("%q became %q", body, got.HTML)
		}
	})
}

func BenchmarkHTML(b *testing.B) {
	body := strings.Repeat(`<p>{{greeting}} votre commande n° {{order.number}} : {{order.total}}, le {{date "14 legal_days" from received}}, {{hours.week}}.</p>`, 5)
	known := facts(b)
	for b.Loop() {
		render.HTML(body, known)
	}
}
