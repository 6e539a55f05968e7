package e2e_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

func parse(t *testing.T, raw []byte) *mime.Mail {
	t.Helper()
	m, err := mime.Parse(raw, mime.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// holds says what of the wanted words a text lacks.
func holds(t *testing.T, text string, wanted ...string) {
	t.Helper()
	for _, words := range wanted {
		if !strings.Contains(text, words) {
			t.Errorf("%q is missing in:\n%s", words, text)
		}
	}
}

// Véronica sets her shop up in the browser, Camille writes, and the answer
// reaches her mailbox: signed, threaded, with its file whole.
func TestFromSetUpToKeptPromise(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		w := newWorld(t, target)
		w.tell("setup-to-kept", "fr")

		received := w.received("camille@client.example", 2)
		if len(received) != 2 {
			t.Fatalf("Camille received %d mails, wants the acknowledgement and one answer", len(received))
		}
		ack, answer := parse(t, received[0]), parse(t, received[1])
		if ack.AutoSubmitted != "auto-replied" {
			t.Errorf("the first mail is no acknowledgement: %s", ack.Text)
		}
		holds(t, answer.Text, "Bonjour Camille", "mardi", "Véronica Lambert", "Maison Lila")
		holds(t, answer.HTML, "<strong>")
		if strings.Contains(answer.Text, "prenom") {
			t.Errorf("the hole left with the answer:\n%s", answer.Text)
		}
		if answer.InReplyTo != "colis-20418@client.example" {
			t.Errorf("the answer stands under %q", answer.InReplyTo)
		}
		wanted := fileSum(t, "etiquette.png")
		for _, a := range answer.Attachments {
			if a.Name == "etiquette.png" && a.SHA256 == wanted {
				return
			}
		}
		t.Errorf("the attached file did not arrive as it left: %+v", answer.Attachments)
	})
}

func fileSum(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("stories", name))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// The same way in English: who works in English, and who writes in English.
func TestInEnglish(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		w := newWorld(t, target)
		w.setUp("en")
		w.tell("in-english", "en")

		received := w.received("rachel@client.example", 2)
		ack, answer := parse(t, received[0]), parse(t, received[1])
		if ack.AutoSubmitted != "auto-replied" || ack.Language != "en" {
			t.Errorf("the acknowledgement (%s) is not in English:\n%s", ack.Language, ack.Text)
		}
		holds(t, answer.Text, "Dear Rachel", "Véronica Lambert")
	})
}

// While Véronica writes, Camille writes again: nothing leaves before it is read.
func TestSomethingUnseenStopsTheAnswer(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		w := newWorld(t, target)
		w.setUp("fr")
		w.tell("unseen", "fr")

		received := w.received("camille@client.example", 2)
		answer := parse(t, received[len(received)-1])
		holds(t, answer.Text, "la taille 54 part ce soir")
		if answer.InReplyTo != "taille-2@client.example" {
			t.Errorf("the answer stands under %q, wants Camille's second mail", answer.InReplyTo)
		}
	})
}

// Véronica invites Marc; both write at once; the server is killed and mail
// comes meanwhile: nobody reloads, nobody misses it.
func TestTwoPeople(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		w := newWorld(t, target)
		w.setUp("fr")
		w.tell("two-people", "fr")
	})
}

// What is written to break the page is shown as it was written, and does nothing.
func TestTheNastiestTextsAreShown(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		w := newWorld(t, target)
		w.setUp("fr")
		w.tell("nasty", "fr")
	})
}

// A call is noted by the keyboard alone, with the call back that was promised.
func TestNotingAContact(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		w := newWorld(t, target)
		w.setUp("fr")
		w.tell("contact", "fr")
	})
}

// What customers attach is opened in the browser: a file that can do nothing
// in its own page, anything else only saved.
func TestFilesAreOpened(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		w := newWorld(t, target)
		w.setUp("fr")
		w.tell("files", "fr")
	})
}

// A newcomer looks around in the demo shop; no mail leaves it. The demo shop is
// an SQLite file whatever the desk's own store is, and must open beside either.
func TestTheDemoShop(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		w := &world{t: t, desk: openDesk(t, target, "")}
		w.tell("demo", "fr")
	})
}

// The warehouse is asked by a mail with a link and answers on its phone; a
// colleague reads a draft before it leaves.
func TestAskedInsideAndReadTwice(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		w := &world{t: t, desk: openDesk(t, target, "")}
		w.tell("inside", "fr")
	})
}

// A strike: one text for many, each with their own facts, sent one by one.
func TestAnIncident(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		w := &world{t: t, desk: openDesk(t, target, "")}
		w.tell("incident", "fr")
	})
}

// A saved answer is written with what is done beside it, and used.
func TestSavedAnswers(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		w := &world{t: t, desk: openDesk(t, target, "")}
		w.tell("saved-answers", "fr")
	})
}

// A stop is passed with a reason; the reason is read, and the alarm judged.
func TestASecondLook(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		w := &world{t: t, desk: openDesk(t, target, "")}
		w.tell("second-look", "fr")
	})
}

// The desk as an app of the machine: it is installed, rings, and opens without a
// network.
func TestInstalled(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		w := &world{t: t, desk: openDesk(t, target, "")}
		w.tell("installed", "fr")
	})
}

// A lead reads who will be late today, what was kept, and arranges the page.
func TestALeadersMorning(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		w := &world{t: t, desk: openDesk(t, target, "")}
		w.tell("leaders-morning", "fr")
	})
}

// An agent's hour without a mouse: the keyboard always stands somewhere, where
// the eye can see it.
func TestAnHourByKeyboard(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		w := &world{t: t, desk: openDesk(t, target, "")}
		w.tell("keyboard", "fr")
	})
}

// On a phone the list, the conversation and the answer take turns.
func TestOnAPhone(t *testing.T) {
	t.Parallel()
	testkit.OnEachTarget(t, func(t *testing.T, target string) {
		w := &world{t: t, desk: openDesk(t, target, "")}
		w.tell("phone", "fr")
	})
}

// Every screen, light and dark, on a desk and on a phone, without a violation
// that axe can find; a dialog gives the focus back. The store makes no
// difference to it, so SQLite does.
func TestEverybodyCanUseIt(t *testing.T) {
	t.Parallel()
	for _, part := range []string{"1/5", "2/5", "3/5", "4/5", "5/5"} {
		t.Run(strings.ReplaceAll(part, "/", " of "), func(t *testing.T) {
			t.Parallel()
			w := &world{t: t, desk: openDesk(t, "", ""), part: part}
			w.tell("accessible", "fr")
		})
	}
}

// A first visit is small, compressed and kept for ever, and asks nobody else.
func TestTheFirstPage(t *testing.T) {
	t.Parallel()
	w := &world{t: t, desk: openDesk(t, "", "")}
	w.tell("first-page", "fr")
}
