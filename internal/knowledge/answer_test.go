package knowledge_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/knowledge"
	"github.com/comptoir-desk/comptoir/internal/knowledge/render"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

func TestTwoPeopleChangeAnAnswerAndLoseNothing(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		in := lost()
		in.Owner, in.ReviewOn = d.marc.Person, "2027-05-01"
		in.Actions = []knowledge.Action{{Kind: knowledge.Tag, Tag: "livraison"}, {Kind: knowledge.Snooze, Delay: "2 open_days"}}
		in.Bodies["fr"] += `<script>alert(1)</script><p style="color:red">x</p>`
		made := d.made(d.marc, in)
		got := d.get(d.inès, made)
		if got.Bodies["fr"] != lost().Bodies["fr"]+"<p>x</p>" || got.Owner != d.marc.Person || got.ReviewOn != "2027-05-01" || got.Revision != 1 {
			t.Errorf("read %+v", got)
		}
		if diff := cmp.Diff(in.Actions, got.Actions); diff != "" {
			t.Error(diff)
		}

		in.Title, in.Bodies = "Colis égaré", map[string]string{"en": "<p>{{greeting}}</p><p>Your parcel is lost.</p>"}
		if err := d.save(d.veronica, made, 1, in); err != nil {
			t.Fatal(err)
		}
		in.Title = "Perdu"
		refused(t, d.save(d.marc, made, 1, in), "stale", "")
		got = d.get(d.marc, made)
		if got.Title != "Colis égaré" || got.Revision != 2 || !slices.Equal(got.Languages(), []string{"en"}) {
			t.Errorf("read %+v", got)
		}
	})
}

func TestWhoMayWriteWhat(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		_, err := d.create(d.inès, lost())
		refused(t, err, "forbidden", "")
		shared := d.made(d.marc, lost())
		refused(t, d.save(d.inès, shared, 1, lost()), "forbidden", "")
		refused(t, d.archive(d.inès, shared), "forbidden", "")
		_, err = d.folder(d.inès, "Livraison")
		refused(t, err, "forbidden", "")

		// One's own: with a shortcut that the shop uses too, and nobody else's.
		own := lost()
		own.Title, own.Personal = "Mon colis perdu", true
		mine := d.made(d.inès, own)
		if got := d.titles(d.inès, knowledge.Search{}); !slices.Equal(got, []string{"Colis perdu", "Mon colis perdu"}) {
			t.Errorf("Inès sees %q", got)
		}
		if got := d.titles(d.veronica, knowledge.Search{}); !slices.Equal(got, []string{"Colis perdu"}) {
			t.Errorf("Véronica sees %q", got)
		}
		refused(t, d.save(d.veronica, mine, 1, own), "not_found", "")
		refused(t, d.archive(d.sofia, mine), "not_found", "")
		refused(t, d.used(d.sofia, mine), "not_found", "")
		own.Owner = d.sofia.Person // given away
		refused(t, d.save(d.inès, mine, 1, own), "forbidden", "")
		own.Owner, own.Personal = 0, false // for everybody
		refused(t, d.save(d.inès, mine, 1, own), "forbidden", "")
		own.Personal, own.Title = true, "Le mien"
		if err := d.save(d.inès, mine, 1, own); err != nil {
			t.Error(err)
		}

		// I13
		refused(t, d.save(d.paul, shared, 1, lost()), "not_found", "")
		refused(t, d.archive(d.paul, shared), "not_found", "")
		refused(t, d.used(d.paul, shared), "not_found", "")
		if got := d.titles(d.paul, knowledge.Search{}); len(got) != 0 {
			t.Errorf("another shop sees %q", got)
		}
	})
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		elsewhere, err := d.folder(d.paul, "Ailleurs")
		if err != nil {
			t.Fatal(err)
		}
		for field, change := range map[string]func(*knowledge.Input){
			"title":      func(in *knowledge.Input) { in.Title = " \t" },
			"shortcut":   func(in *knowledge.Input) { in.Shortcut = "deux mots" },
			"review_on":  func(in *knowledge.Input) { in.ReviewOn = "2027-02-30" },
			"folder":     func(in *knowledge.Input) { in.Folder = elsewhere },
			"owner":      func(in *knowledge.Input) { in.Owner = d.paul.Person },
			"bodies":     func(in *knowledge.Input) { in.Bodies = map[string]string{"fr": "<p> <br></p>"} },
			"bodies.en":  func(in *knowledge.Input) { in.Bodies["en"] = strings.Repeat("x", 50_001) },
			"actions[0]": func(in *knowledge.Input) { in.Actions = []knowledge.Action{{Kind: "explode"}} },
			"actions[1]": func(in *knowledge.Input) {
				in.Actions = []knowledge.Action{{Kind: knowledge.Close}, {Kind: knowledge.Assign, Person: 1, Team: 2}}
			},
			"actions": func(in *knowledge.Input) {
				in.Actions = []knowledge.Action{{Kind: knowledge.Close}, {Kind: knowledge.Wait}}
			},
		} {
			in := lost()
			change(&in)
			_, err := d.create(d.marc, in)
			refused(t, err, "invalid", field)
		}
		in := lost()
		in.Bodies["de"] = "<p>Guten Tag</p>"
		_, err = d.create(d.marc, in)
		refused(t, err, "invalid", "bodies")

		// The nastiest strings are kept or refused, never a crash.
		for _, nasty := range []string{"'; drop table saved_answer; --", "\u202e\u200b\ufeff", "a\x00b", "\xff\xfe", strings.Repeat("é", 120), "=cmd|' /C calc'!A0", "{{greeting}}"} {
			in := lost()
			in.Title, in.Shortcut, in.Bodies["fr"] = nasty, "", "<p>"+nasty+"</p>"
			if _, err := d.create(d.marc, in); err != nil && fault.KindOf(err) != fault.Invalid {
				t.Errorf("%q: %v", nasty, err)
			}
			d.titles(d.marc, knowledge.Search{Query: nasty})
		}
	})
}

func TestSearchFindsWhatIsMeant(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		returns, err := d.folder(d.marc, "Retours")
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range []knowledge.Input{
			{Title: "Colis égaré", Shortcut: "perdu", Bodies: map[string]string{"fr": "<p>Nous le renvoyons.</p>"}},
			{Title: "Où est mon colis ?", Shortcut: "suivi", Bodies: map[string]string{"fr": "<p>Il n’est pas perdu.</p>", "en": "<p>It is not lost.</p>"}},
			{Title: "Perdu de vue", Shortcut: "vue", Bodies: map[string]string{"fr": "<p>À bientôt</p>"}},
			{Title: "Remise de 100 %", Shortcut: "remise", Folder: returns, Bodies: map[string]string{"fr": "<p>code_promo</p>"}},
		} {
			d.made(d.marc, a)
		}
		for query, want := range map[string][]string{
			"/perdu":          {"Colis égaré", "Perdu de vue", "Où est mon colis ?"}, // shortcut, title, text
			"egare":           {"Colis égaré"},
			"EGARÉ":           {"Colis égaré"},
			"colis":           {"Colis égaré", "Où est mon colis ?"},
			"colis lost":      {"Où est mon colis ?"},
			"100 %":           {"Remise de 100 %"},
			"e_p":             {"Remise de 100 %"},
			"_":               {"Remise de 100 %"},
			`\`:               {},
			"introuvable":     {},
			"a b c d e f g h": {},
		} {
			if got := d.titles(d.inès, knowledge.Search{Query: query}); !slices.Equal(got, want) {
				t.Errorf("%q finds %q, want %q", query, got, want)
			}
		}
		if got := d.titles(d.inès, knowledge.Search{Folder: returns}); !slices.Equal(got, []string{"Remise de 100 %"}) {
			t.Errorf("in the folder: %q", got)
		}
	})
}

func TestWhatIsPutAwayComesBack(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		first := d.made(d.marc, lost())
		_, err := d.create(d.marc, lost())
		refused(t, err, "invalid", "shortcut")
		for range 2 { // a second press changes nothing
			if err := d.archive(d.marc, first); err != nil {
				t.Fatal(err)
			}
		}
		if got := d.titles(d.marc, knowledge.Search{}); len(got) != 0 {
			t.Errorf("in use: %q", got)
		}
		if got := d.titles(d.marc, knowledge.Search{Archived: true}); len(got) != 1 || d.get(d.marc, first).Revision != 2 {
			t.Errorf("put away: %q", got)
		}
		second := d.made(d.marc, lost())
		refused(t, d.restore(d.marc, first), "invalid", "shortcut")
		if err := d.archive(d.marc, second); err != nil {
			t.Fatal(err)
		}
		if err := d.restore(d.marc, first); err != nil {
			t.Fatal(err)
		}
		if got := d.titles(d.marc, knowledge.Search{}); !slices.Equal(got, []string{"Colis perdu"}) {
			t.Errorf("in use: %q", got)
		}
	})
}

func TestFolders(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		var made []id.SavedAnswerFolder
		for _, name := range []string{"Livraison", "Retours", " Suivi  client "} {
			f, err := d.folder(d.marc, name)
			if err != nil {
				t.Fatal(err)
			}
			made = append(made, f)
		}
		_, err := d.folder(d.marc, "Retours")
		refused(t, err, "invalid", "name")
		refused(t, d.write(func(tx *store.Tx) error { return d.answers.RenameFolder(tx, d.marc, made[0], "Retours") }), "invalid", "name")
		refused(t, d.write(func(tx *store.Tx) error { return d.answers.RenameFolder(tx, d.paul, made[0], "Vol") }), "not_found", "")
		if err := d.write(func(tx *store.Tx) error { return d.answers.RenameFolder(tx, d.marc, made[0], "Colis") }); err != nil {
			t.Fatal(err)
		}
		order := []id.SavedAnswerFolder{made[2], made[0]} // Retours comes behind
		if err := d.write(func(tx *store.Tx) error { return d.answers.OrderFolders(tx, d.marc, order) }); err != nil {
			t.Fatal(err)
		}
		refused(t, d.write(func(tx *store.Tx) error { return d.answers.OrderFolders(tx, d.paul, order) }), "invalid", "folders")

		in := lost()
		in.Folder, in.Personal = made[1], true
		inside := d.made(d.inès, in)
		want := "Suivi client 0, Colis 0, Retours 1"
		if got := shelvesOf(d.folders(d.inès)); got != want {
			t.Errorf("Inès sees %s, want %s", got, want)
		}
		// Inès's own stands in the way, though Marc doesn't see it.
		if got := shelvesOf(d.folders(d.marc)); got != "Suivi client 0, Colis 0, Retours 0" {
			t.Errorf("Marc sees %s", got)
		}
		refused(t, d.dropFolder(d.marc, made[1]), "not_empty", "")
		if err := d.archive(d.inès, inside); err != nil {
			t.Fatal(err)
		}
		refused(t, d.dropFolder(d.paul, made[1]), "not_found", "")
		if err := d.dropFolder(d.marc, made[1]); err != nil {
			t.Fatal(err)
		}
		if got := d.get(d.inès, inside); got.Folder != 0 {
			t.Errorf("the archived answer lies in folder %d, which is gone", got.Folder)
		}
		in.Folder = made[1]
		refused(t, d.save(d.inès, inside, d.get(d.inès, inside).Revision, in), "invalid", "folder")
	})
}

func shelvesOf(list []knowledge.Folder) string {
	var names []string
	for _, f := range list {
		names = append(names, fmt.Sprintf("%s %d", f.Name, f.Answers))
	}
	return strings.Join(names, ", ")
}

func TestAnAnswerIsFilledForACustomer(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		in := lost()
		in.Bodies["fr"] = `<p>{{greeting}}</p><p>{{shop.name}} : n° {{order.number}}, avant le {{date "2 open_days"}}, {{customer.email}}, {{author.name}}</p>`
		in.Actions = []knowledge.Action{{Kind: knowledge.Wait}}
		made := d.made(d.marc, in)
		var camille, theirs customer.Customer
		err := d.write(func(tx *store.Tx) (err error) {
			seen := customer.Seen{Shop: d.lila, Identity: customer.MailIdentity("Camille@example.org"), Name: "Mme Camille Renaud", At: monday}
			if camille, err = customer.Recognise(tx, seen); err != nil {
				return err
			}
			seen.Shop, seen.Name = d.other, "Secret"
			theirs, err = customer.Recognise(tx, seen)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		fill := func(language string, about knowledge.About) (out knowledge.Rendered) {
			d.read(func(tx *store.Tx) (err error) {
				out, err = d.answers.Render(tx, d.inès, made, language, about)
				return err
			})
			return out
		}
		got := fill("", knowledge.About{Customer: camille.ID, Channel: "mail", More: map[string]render.Value{"order.number": render.Words("20418")}})
		want := "<p>Bonjour Madame Renaud,</p><p>Maison Lila\u202f: n° 20418, avant le mercredi 25 novembre 2026, Camille@example.org, Inès Belkacem</p>"
		if got.HTML != want || len(got.Holes) != 0 || got.Language != "fr" || got.Missing != "" || len(got.Actions) != 1 {
			t.Errorf("got %+v", got)
		}
		if got := fill("", knowledge.About{}); !strings.HasPrefix(got.HTML, "<p>Bonjour,</p>") || !slices.Equal(got.Holes, []string{"{{order.number}}", "{{customer.email}}"}) {
			t.Errorf("without a conversation: %+v", got)
		}
		if got := fill("", knowledge.About{Customer: theirs.ID}); strings.Contains(got.HTML, "Secret") {
			t.Errorf("another shop's customer: %s", got.HTML)
		}
		// What isn't written in English is said, not said in French.
		for _, got := range []knowledge.Rendered{fill("en", knowledge.About{}), fill("", knowledge.About{Language: "en"})} {
			if got.Missing != "en" || got.HTML != "" || !slices.Equal(got.Languages, []string{"fr"}) {
				t.Errorf("in English: %+v", got)
			}
		}
		if got := fill("fr", knowledge.About{Language: "en"}); got.Missing != "" || got.Language != "fr" {
			t.Errorf("in French all the same: %+v", got)
		}
	})
}

func TestANewShopHasItsReadyAnswers(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		seed := func(sh id.Shop, language string) {
			t.Helper()
			for range 2 { // the second time changes nothing
				if err := d.write(func(tx *store.Tx) error { return knowledge.Seed(tx, sh, language, monday) }); err != nil {
					t.Fatal(err)
				}
			}
		}
		seed(d.lila, "fr")
		seed(d.other, "en")
		d.read(func(tx *store.Tx) error {
			for _, by := range []struct {
				actor           string
				folders, answer string
			}{{"fr", "Commandes", "Colis perdu"}, {"en", "Orders", "Parcel lost"}} {
				who := d.inès
				if by.actor == "en" {
					who = d.paul
				}
				list, err := d.answers.List(tx, who, knowledge.Search{})
				if err != nil {
					return err
				}
				if len(list) != len(ready(t, "fr")) {
					t.Errorf("%s: %d answers", by.actor, len(list))
				}
				found := false
				for _, a := range list {
					if !slices.Equal(a.Languages(), []string{"en", "fr"}) || a.Folder == 0 || a.Preview("fr") == "" {
						t.Errorf("%s: %q is in %q, folder %d", by.actor, a.Title, a.Languages(), a.Folder)
					}
					found = found || a.Title == by.answer
				}
				shelves, err := d.answers.Folders(tx, who)
				if err != nil {
					return err
				}
				if !found || len(shelves) != 10 || shelves[0].Name != by.folders {
					t.Errorf("%s: %q is there: %v, folders %s", by.actor, by.answer, found, shelvesOf(shelves))
				}
				for _, s := range shelves {
					if s.Answers == 0 {
						t.Errorf("%s: nothing in %q", by.actor, s.Name)
					}
				}
			}
			return nil
		})
		// What the shop makes of them stays: one that it archived doesn't return.
		if got := d.titles(d.marc, knowledge.Search{Query: "/perdu"}); len(got) == 0 || got[0] != "Colis perdu" {
			t.Fatalf("found %q", got)
		}
	})
}

// Eight at once (I11): of each "exactly one" there is one, and no use is lost.
func TestEightAtOnce(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		eight := func(act func(n int) error) int64 {
			var ok atomic.Int64
			var wait sync.WaitGroup
			for n := range 8 {
				wait.Go(func() {
					err := act(n)
					if err == nil {
						ok.Add(1)
					} else if fault.KindOf(err) == fault.Internal {
						t.Error(err)
					}
				})
			}
			wait.Wait()
			return ok.Load()
		}
		if n := eight(func(int) error { _, err := d.create(d.marc, lost()); return err }); n != 1 {
			t.Errorf("%d answers with one shortcut", n)
		}
		in := lost()
		in.Shortcut = "autre"
		made := d.made(d.marc, in)
		if n := eight(func(n int) error {
			in := in
			in.Title = fmt.Sprint("Version ", n)
			return d.save(d.marc, made, 1, in)
		}); n != 1 {
			t.Errorf("%d people saved one revision", n)
		}
		if n := eight(func(int) error { return d.used(d.inès, made) }); n != 8 || d.get(d.inès, made).Uses != 8 {
			t.Errorf("used by %d, counted %d", n, d.get(d.inès, made).Uses)
		}
		if n := eight(func(int) error { return d.archive(d.marc, made) }); n != 8 || d.get(d.marc, made).Revision != 3 {
			t.Errorf("archived by %d, revision %d", n, d.get(d.marc, made).Revision)
		}
		if n := eight(func(int) error { _, err := d.folder(d.marc, "Livraison"); return err }); n != 1 {
			t.Errorf("%d folders of one name", n)
		}
		shelf := d.folders(d.marc)[0].ID
		eight(func(n int) error {
			if n == 0 {
				return d.dropFolder(d.marc, shelf)
			}
			in := lost()
			in.Shortcut, in.Folder = fmt.Sprint("dossier", n), shelf
			_, err := d.create(d.marc, in)
			return err
		})
		if n := eight(func(int) error {
			return d.write(func(tx *store.Tx) error { return knowledge.Seed(tx, d.other, "fr", monday) })
		}); n != 8 {
			t.Errorf("%d seeds", n)
		}
	})
}

// The list is read whole, so it ends somewhere; what is put away makes room.
func TestAListHasAnEnd(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		own := lost()
		own.Personal, own.Shortcut = true, ""
		var last id.SavedAnswer
		err := d.write(func(tx *store.Tx) (err error) {
			for range 100 {
				if last, err = d.answers.Create(tx, d.inès, own); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.create(d.inès, own)
		refused(t, err, "full", "")
		d.made(d.sofia, own) // has her own hundred
		d.made(d.marc, lost())
		if err := d.archive(d.inès, last); err != nil {
			t.Fatal(err)
		}
		d.made(d.inès, own)
		refused(t, d.restore(d.inès, last), "full", "")
	})
}
