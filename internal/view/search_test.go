package view_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/search"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
	"github.com/comptoir-desk/comptoir/internal/view"
)

// indexed begins a story in which search works.
func indexed(t *testing.T, db *store.DB) *story {
	t.Helper()
	s := begin(t, db)
	b := &search.Builder{DB: db, Clock: s.clock, Queue: jobs.Queue{Clock: s.clock}, Archive: desk.Archive{}}
	must(t, b.Ensure(t.Context()))
	for err := error(jobs.Later{}); err != nil; { // PostgreSQL waits for whoever writes, in other tests too
		if err = b.Build(t.Context(), jobs.Job{}); err != nil && !errors.As(err, &jobs.Later{}) {
			t.Fatal(err)
		}
	}
	return s
}

func (s *story) search(by view.Actor, q string) view.Results {
	s.t.Helper()
	out, err := s.lists.Search(s.t.Context(), by, view.Asking{Q: q})
	if err != nil {
		s.t.Fatalf("%s: %v", q, err)
	}
	return out
}

// found are the first names of the customers of what is found, in its order.
func (s *story) found(by view.Actor, q string) string {
	s.t.Helper()
	var names []string
	for _, f := range s.search(by, q).Conversations {
		first, _, _ := strings.Cut(f.Conversation.Customer.Name, " ")
		names = append(names, first)
	}
	return strings.Join(names, " ")
}

func says(text string) func(*desk.Incoming) { return func(in *desk.Incoming) { in.Text = text } }

func TestWhatWasWrittenIsFound(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := indexed(t, db)
		camille := s.mail("Camille Renaud", "Colis jamais arrivé", says("Bonjour, ma commande CMD20418 n’est pas arrivée. Où est mon colis ?"), arrived(monday.AddDate(0, -2, 0)))
		paul := s.mail("Paul Delmas", "Rétractation bracelet", says("Je souhaite échanger le bracelet, trop petit."), func(in *desk.Incoming) {
			in.Files = []desk.IncomingFile{{Name: "photo-écrin.jpg", Type: "image/jpeg", Size: 1, Blob: "b1"}}
		})
		s.mail("Inès Belkacem", "Wrong size", says("The rings I ordered are too small, can I exchange them?"), func(in *desk.Incoming) { in.Language = "en" })
		s.answer(s.veronica, paul, "<p>Bonjour Paul, nous échangeons votre bracelet. Véronica</p>")
		s.tx(func(tx *store.Tx) error {
			_, err := s.desk.AddNote(tx, s.marc, camille.Conversation, "n1", "<p>Le transporteur a égaré le paquet.</p>")
			return err
		})
		s.assign(camille, s.marc)
		s.tx(func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`insert into tag (id, shop_id, name, folded) values (1, $1, 'Très urgent', 'tres urgent')`), s.lila)
			if err == nil {
				_, err = store.Exec(tx, store.Dynamic(`insert into conversation_tag (conversation_id, tag_id, last_message_at) values ($1, 1, 1)`), camille.Conversation)
			}
			return err
		})
		for q, want := range map[string]string{
			"echanges": "Paul", "BRACELETS": "Paul", "ring exchange": "Inès", `"où est mon colis"`: "Camille", `"mon est colis"`: "",
			"commande": "Camille", "20418": "Camille", "transporteur": "Camille", "de:camille": "Camille", "from:delmas bracelet": "Paul",
			"from:véronica bracelet": "Paul", "to:paul.delmas": "Paul", "subject:size": "Inès", "has:attachment": "Paul", "fichier:ecrin": "Paul", "écrin": "Paul",
			"lang:en": "Inès", "channel:mail colis": "Camille", "avant:2026-11 colis": "Camille", "apres:2026-08 colis": "Camille", "apres:2026-11 colis": "", "after:today bague": "",
			"is:owed": "Paul Inès Camille", "is:owed taille": "", "is:late": "Camille", "assignee:marc": "Camille", "confiée:personne is:owed": "Paul Inès",
			`tag:"tres urgent"`: "Camille", `étiquette:"Très Urgent" colis`: "Camille", "in:unassigned": "Paul Inès", "in:spam": "", "in:all ring": "Inès",
			"est:unanswered rings": "Inès", "delmas": "Paul", "": "",
		} {
			if got := s.found(s.veronica, q); got != want {
				t.Errorf("%s: %q, want %q", q, got, want)
			}
		}
		for q, want := range map[string]string{
			`tag:bleu`: "There is no tag “bleu”.", "assignee:zoé": "Nobody here is called “zoé”.", "is:blue": "In “is:”, “blue” is not known.",
		} {
			_, err := s.lists.Search(t.Context(), s.veronica, view.Asking{Q: q})
			if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v", q, err)
			}
		}
		if got := s.found(s.stranger, "colis") + s.found(s.stranger, "is:owed"); got != "" {
			t.Errorf("another shop finds %s", got)
		}
		f := s.search(s.veronica, "colis arrivé").Conversations[0]
		if f.Message.ID != camille.Message || len(f.Message.Subject.Hits) != 2 || !strings.Contains(f.Message.Excerpt.Text, "Où est mon colis") || len(f.Message.Excerpt.Hits) != 2 {
			t.Errorf("%+v", f.Message)
		}
		if got := s.search(s.veronica, "photo").Conversations[0].Message.Files; !slices.Equal(got, []string{"photo-écrin.jpg"}) {
			t.Errorf("files %v", got)
		}
	})
}

func TestPeopleAndNumbersAreOffered(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := indexed(t, db)
		camille := s.mail("Camille Renaud", "Colis")
		s.mail("Paul Delmas", "Bague")
		for q, want := range map[string]string{"ren cam": "Camille Renaud", "DELM": "Paul Delmas", "camille.ren": "Camille Renaud", "zoé": ""} {
			got := ""
			if people := s.search(s.marc, q).People; len(people) > 0 {
				got = people[0].Name
			}
			if got != want {
				t.Errorf("%s: %q, want %q", q, got, want)
			}
		}
		offered, err := s.lists.Suggest(t.Context(), s.marc, "#"+camille.Conversation.String())
		if err != nil || offered.Conversation == nil || offered.Conversation.ID != camille.Conversation {
			t.Errorf("%+v, %v", offered, err)
		}
		offered, err = s.lists.Suggest(t.Context(), s.stranger, camille.Conversation.String())
		if err != nil || offered.Conversation != nil {
			t.Errorf("another shop's number: %+v, %v", offered, err)
		}
		if offered, _ = s.lists.Suggest(t.Context(), s.marc, "bague est:en-r"); !slices.Contains(offered.Operators, "est:en-retard") {
			t.Errorf("%+v", offered.Operators)
		}
	})
}

func TestAMergedConversationIsFoundWhereItWent(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := indexed(t, db)
		first := s.mail("Camille Renaud", "Bague")
		second := s.mail("Camille Renaud", "Encore la bague")
		s.tx(func(tx *store.Tx) error {
			_, err := s.desk.Merge(tx, s.veronica, first.Conversation, second.Conversation)
			return err
		})
		got := s.search(s.veronica, "bague").Conversations
		if len(got) != 1 || got[0].Conversation.ID != second.Conversation || got[0].Message.ID != second.Message {
			t.Errorf("%+v", got)
		}
	})
}

// The same letters on both stores: the same messages in the same order, page
// by page, each conversation once.
func TestBothStoresFindTheSame(t *testing.T) {
	t.Parallel()
	answers := make(chan string, 2)
	stores := 0
	t.Run("stores", func(t *testing.T) {
		testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
			s := indexed(t, db)
			rnd := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same letters each time
			words := strings.Fields("bague bagues colis échangé échanger taille Renaud retour ring rings order orders delivery livrée livraison petite 20418 cœur")
			var keys []string
			for i := range 120 {
				var text []string
				for range 6 {
					text = append(text, words[min(rnd.IntN(len(words)), rnd.IntN(len(words)))])
				}
				key := fmt.Sprintf("k%d@example.com", i)
				s.mail(fmt.Sprintf("Client%d Test", i%40), text[0], says(strings.Join(text, " ")), arrived(monday.AddDate(0, 0, -i%90)), func(in *desk.Incoming) {
					in.MessageID = key
					in.Language = []string{"fr", "en", ""}[i%3]
					if i >= 40 {
						in.References, in.InReplyTo = []string{keys[i-40]}, keys[i-40]
					}
				})
				keys = append(keys, key)
			}
			var told strings.Builder
			for _, q := range []string{
				"bague", "échanger", "colis bague", "ring order", `"bague colis"`, "20418", "from:client7", "before:2026-11-01 bague", "liv*", "is:owed bague",
				"lang:en", "is:owed", "coeur", "in:all subject:bague",
			} {
				for _, order := range []view.HitOrder{view.ByNewest, view.ByRelevance} {
					fmt.Fprintf(&told, "%s %s: %v\n", q, order, s.pages(q, order, 7))
				}
			}
			answers <- told.String()
		})
	})
	close(answers)
	var all []string
	for a := range answers {
		stores++
		all = append(all, a)
	}
	if stores == 2 && all[0] != all[1] {
		t.Errorf("the stores differ:\n%s\n%s", all[0], all[1])
	}
}

// pages reads a question to its end.
func (s *story) pages(q string, order view.HitOrder, limit int) (out []id.Message) {
	s.t.Helper()
	seen := map[id.Conversation]bool{}
	for cursor, n := "", 0; ; n++ {
		page, err := s.lists.Search(s.t.Context(), s.veronica, view.Asking{Q: q, Order: order, Cursor: cursor, Limit: limit})
		must(s.t, err)
		for _, f := range page.Conversations {
			if seen[f.Conversation.ID] {
				s.t.Errorf("%s: conversation %d is there twice", q, f.Conversation.ID)
			}
			seen[f.Conversation.ID] = true
			out = append(out, f.Message.ID)
		}
		if cursor = page.Next; cursor == "" || n > 50 {
			if len(out) == 0 {
				s.t.Errorf("%s: nothing found", q)
			}
			return out
		}
	}
}

func TestNoQuestionBreaksTheSearch(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := indexed(t, db)
		s.mail("Camille Renaud", "Bague")
		for _, q := range []string{
			"'", `"`, `\`, "%", "_", ";--", "' or 1=1 --", `bague" OR "x`, "bague*", "**", "* *", "a*", "NEAR(a b)", "bague AND NOT colis", "bague:*", "words:bague",
			"\x00", "\xff\xfe", "§b1", "§h", "\u202eabc", "𝕭𝖆𝖌𝖚𝖊", "مرحبا", "指輪", strings.Repeat("(", 300), strings.Repeat("é", 200), strings.Repeat(`"`, 399),
			"from:'; drop table message", "tag:' tag:\"", "before:9999-99-99", "after:99999999999999999999d", "is:", ":", "in:in:in:", "!bague", "bague & | ! <->", "$1 $2",
			strings.Repeat("ab ", 200), "\u0301\u0301\u0301", "e\u0301", "👩‍👩‍👧‍👦", "1e309", "-1", "0x10", "#0", "#99999999999999999999",
		} {
			for _, order := range []view.HitOrder{view.ByNewest, view.ByRelevance} {
				if _, err := s.lists.Search(t.Context(), s.marc, view.Asking{Q: q, Order: order}); err != nil && fault.KindOf(err) != fault.Invalid {
					t.Errorf("%q: %v", q, err)
				}
			}
			if _, err := s.lists.Suggest(t.Context(), s.marc, q); err != nil {
				t.Errorf("%q suggested: %v", q, err)
			}
		}
		for _, cursor := range []string{"x", "bmV3ZXN0IDEgLTE", "bmV3ZXN0IC0xIDA", strings.Repeat("a", 199)} {
			if _, err := s.lists.Search(t.Context(), s.marc, view.Asking{Q: "bague", Cursor: cursor}); fault.KindOf(err) != fault.Invalid {
				t.Errorf("cursor %q: %v", cursor, err)
			}
		}
	})
}

// Before the first start made an index, a search finds nothing and says that it
// isn't whole.
func TestASearchWithoutAnIndex(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		s := begin(t, db)
		s.mail("Camille Renaud", "Ma bague")
		if out := s.search(s.veronica, "bague"); len(out.Conversations) > 0 || out.Whole {
			t.Errorf("found %+v", out)
		}
	})
}
