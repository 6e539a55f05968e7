package desk_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// sorted is the shop's open promise to look through the tray, if any.
func (h *house) sortIsOwed() (owed bool) {
	h.t.Helper()
	h.tx(func(tx *store.Tx) (err error) { owed, err = promise.HoldSort(tx, h.shop); return err })
	return owed
}

func (h *house) act(fn func(tx *store.Tx) error) {
	h.t.Helper()
	h.tx(fn)
}

// supplier writes mail that no customer wrote.
func (h *house) supplier(n int) desk.Received {
	in := h.mail("newsletter@grossiste.example", fmt.Sprintf("promo-%d@grossiste.example", n), "Nos perles en promotion")
	in.Class = mime.ClassList
	return h.receive(in)
}

// Outlook keeps copies without a Message-ID in the Sent folder; a shop's web
// form sends without one, too.
func TestACopyWithoutMessageIDSwallowsNobodysMail(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		copied := h.mail(own, "", "Votre colis part demain.")
		copied.Class, copied.Role, copied.To = mime.ClassOwn, "sent", []mime.Address{{Address: paul}}
		h.receive(copied)
		got := h.receive(h.mail(camille, "", "Où est mon colis ?"))
		if got.Duplicate {
			h.t.Fatal("a customer's mail was taken for a copy of our own")
		}
		h.theOnly(got.Conversation)
	})
}

func TestARobotsCopyInTheSentFolderKeepsNothing(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?"))
		vacation := h.mail(own, "away@maison-lila.example", "Nous sommes absents.", "m1@example.org")
		vacation.Class, vacation.Role, vacation.AutoSubmitted, vacation.To = mime.ClassOwn, "sent", true, []mime.Address{{Address: camille}}
		h.receive(vacation)
		if p := h.theOnly(got.Conversation); p.State != promise.Open {
			h.t.Errorf("the promise is %s: only a person's answer keeps", p.State)
		}
	})
}

func TestAThankYouEndsWithTheMatterItBelongsTo(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		thanks := func(ref, messageID string) desk.Received {
			in := h.mail(camille, messageID, "Merci !", ref)
			in.Courtesy = true
			return h.receive(in)
		}
		got := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?"))
		h.answered(got.Conversation, got.Message)
		thanks("m1@example.org", "t1@example.org")
		thanks("m1@example.org", "t2@example.org")
		c := h.conversation(got.Conversation)
		if all := h.promises(c.ID); c.Tray != desk.TrayCourtesy || len(all) != 2 || all[1].Kind != promise.Courtesy {
			h.t.Fatalf("two thanks: tray %s, promises %+v; want one courtesy", c.Tray, all)
		}
		again := h.receive(h.mail(camille, "m2@example.org", "Il manque le fermoir, que faire ?", "m1@example.org"))
		all := h.promises(c.ID)
		if c = h.conversation(c.ID); c.Tray != desk.TrayMain || len(all) != 3 || all[1].State != promise.Passed || all[1].PassedTo != all[2].ID {
			h.t.Fatalf("a question after thanks: tray %s, promises %+v", c.Tray, all)
		}
		h.answered(c.ID, again.Message)
		if c = h.conversation(c.ID); !c.NextDueAt.IsZero() {
			h.t.Errorf("after the answer %s is still owed", c.NextKind)
		}
		last := thanks("m1@example.org", "t3@example.org")
		h.answered(c.ID, last.Message) // "you're welcome"
		if c = h.conversation(c.ID); !c.NextDueAt.IsZero() {
			h.t.Errorf("thanks that a person answered are still owed: %s", c.NextKind)
		}
	})
}

func TestSomebodyElseInASpammersConversationIsSeen(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		in := h.mail("pub@spam.example", "s1@spam.example", "Gagnez !")
		in.Cc = []mime.Address{{Address: paul}}
		got := h.receive(in)
		h.act(func(tx *store.Tx) error {
			_, err := h.desk.PutAway(tx, h.agent, got.Conversation, desk.TraySpam, customer.Spam)
			return err
		})
		h.receive(h.mail(paul, "p1@example.org", "Pourquoi suis-je en copie ?", "s1@spam.example"))
		if c := h.conversation(got.Conversation); c.Tray != desk.TraySort || c.State != desk.StateOpen || !h.sortIsOwed() {
			h.t.Errorf("tray %s, %s, to sort owed: %v; want it looked at", c.Tray, c.State, h.sortIsOwed())
		}
	})
}

func TestTheTraysPromiseIsKeptByWhateverEmptiesIt(t *testing.T) {
	t.Parallel()
	empties := map[string]func(h *house, tx *store.Tx, c id.Conversation) error{
		"sorted": func(h *house, tx *store.Tx, c id.Conversation) error {
			_, err := h.desk.Sorted(tx, h.agent, c)
			return err
		},
		"closed": func(h *house, tx *store.Tx, c id.Conversation) error {
			_, err := h.desk.Close(tx, h.agent, c)
			return err
		},
		"spam": func(h *house, tx *store.Tx, c id.Conversation) error {
			_, err := h.desk.PutAway(tx, h.agent, c, desk.TraySpam, customer.Spam)
			return err
		},
		"rescued": func(h *house, tx *store.Tx, c id.Conversation) error {
			_, err := h.desk.Rescue(tx, h.agent, c)
			return err
		},
		"passed to the lead": func(h *house, tx *store.Tx, c id.Conversation) error {
			_, err := h.desk.Escalate(tx, h.agent, c, h.agent.Person, "Une mise en demeure ?")
			return err
		},
	}
	onEachStore(t, func(h *house) {
		n := 0
		for name, empty := range empties {
			n++
			first, second := h.supplier(2*n), h.supplier(2*n+1)
			if !h.sortIsOwed() {
				h.t.Fatalf("%s: nothing is owed for the tray", name)
			}
			h.act(func(tx *store.Tx) error { return empty(h, tx, first.Conversation) })
			if !h.sortIsOwed() {
				h.t.Errorf("%s: kept while one is left", name)
			}
			h.act(func(tx *store.Tx) error { return empty(h, tx, second.Conversation) })
			if h.sortIsOwed() {
				h.t.Errorf("%s: the tray is empty and its promise open", name)
			}
			h.tx(func(tx *store.Tx) error { // the next story's senders are strangers again
				return customer.Learn(tx, h.shop, "newsletter@grossiste.example", customer.NoRule, h.agent.Person, h.clock.Now())
			})
		}
	})
}

func TestNothingIsWrittenIntoAConversationMergedAway(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		first := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?"))
		second := h.receive(h.mail(camille, "m2@example.org", "Et ma facture ?"))
		h.act(func(tx *store.Tx) error {
			_, err := h.desk.Assign(tx, h.agent, second.Conversation, h.agent.Person)
			return err
		})
		h.act(func(tx *store.Tx) error {
			_, err := h.desk.Merge(tx, h.agent, second.Conversation, first.Conversation)
			return err
		})
		if c := h.conversation(first.Conversation); c.Assignee != h.agent.Person {
			h.t.Error("the merged conversation lost who was in charge")
		}
		err := h.db.InTx(h.t.Context(), func(tx *store.Tx) error {
			_, err := h.desk.AddNote(tx, h.agent, second.Conversation, "key-12345", "<p>À voir</p>")
			return err
		})
		if !fault.Is(err, "merged") {
			h.t.Errorf("a note into the merged one: %v", err)
		}
		for _, p := range h.promises(second.Conversation) {
			h.t.Errorf("promise %d (%s) stayed behind", p.ID, p.State)
		}
	})
}

func TestAContactNotedOnAThankYouIsOwedInSight(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		got := h.supplier(1)
		h.act(func(tx *store.Tx) error {
			_, err := h.desk.NoteContact(tx, h.agent, desk.Contact{Key: "call-1", Channel: desk.ChannelPhone, Conversation: got.Conversation, Text: "Il rappelle pour la facture."})
			return err
		})
		if c := h.conversation(got.Conversation); c.Tray != desk.TrayMain || c.NextKind != promise.Answer {
			h.t.Errorf("tray %s, owed %s", c.Tray, c.NextKind)
		}
	})
}

func TestAHoldingAnswersDateIsNotGivenForWhatItsAuthorHadNotSeen(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		first := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?"))
		h.receive(h.mail(camille, "m2@example.org", "Et puis-je changer l'adresse ?", "m1@example.org"))
		h.act(func(tx *store.Tx) error {
			_, err := h.desk.Change(tx, first.Conversation, func(*desk.Conversation) error {
				return h.desk.Ledger.Hold(tx, promise.Answered{
					Conversation: first.Conversation, Channel: "mail", SeenThrough: first.Message, At: h.clock.Now(),
				}, monday.AddDate(0, 0, 3))
			})
			return err
		})
		if c := h.conversation(first.Conversation); !c.NextDueAt.Equal(monday.AddDate(0, 0, 1)) {
			h.t.Errorf("due %s, want Tuesday 10:00: the second message has its own delay", c.NextDueAt)
		}
	})
}

// eight presses at once, each of its own transaction.
func eightAtOnce(h *house, press func(tx *store.Tx, n int) error) (faults []error) {
	h.t.Helper()
	var wg sync.WaitGroup
	errs := make([]error, 8)
	for n := range errs {
		wg.Go(func() {
			errs[n] = h.db.InTx(h.t.Context(), func(tx *store.Tx) error { return press(tx, n) })
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil && fault.KindOf(err) == fault.Internal {
			h.t.Errorf("a press at once with others failed: %v", err)
		}
		if err != nil {
			faults = append(faults, err)
		}
	}
	return faults
}

func TestEightAtOnceEachWriteLeavesOneTruth(t *testing.T) {
	t.Parallel()
	testkit.OnPostgres(t, func(t *testing.T, db *store.DB) {
		h := openHouse(t, db)
		until := monday.Add(2 * time.Hour)
		one := func(_ desk.Conversation, err error) error { return err }
		acts := map[string]struct {
			press func(tx *store.Tx, c id.Conversation, n int) error
			left  int // promises of the conversation afterwards
		}{
			"assign": {func(tx *store.Tx, c id.Conversation, _ int) error {
				return one(h.desk.Assign(tx, h.agent, c, h.agent.Person))
			}, 1},
			"snooze": {func(tx *store.Tx, c id.Conversation, _ int) error { return one(h.desk.Snooze(tx, h.agent, c, until)) }, 1},
			"close":  {func(tx *store.Tx, c id.Conversation, _ int) error { return one(h.desk.Close(tx, h.agent, c)) }, 1},
			"escalate": {func(tx *store.Tx, c id.Conversation, _ int) error {
				return one(h.desk.Escalate(tx, h.agent, c, h.agent.Person, "Que faire ?"))
			}, 2},
			"rescue": {func(tx *store.Tx, c id.Conversation, _ int) error { return one(h.desk.Rescue(tx, h.agent, c)) }, 1},
			"put away": {func(tx *store.Tx, c id.Conversation, _ int) error {
				return one(h.desk.PutAway(tx, h.agent, c, desk.TraySort, customer.NeverWaits))
			}, 1},
			"note": {func(tx *store.Tx, c id.Conversation, _ int) error {
				_, err := h.desk.AddNote(tx, h.agent, c, "one-press", "<p>À voir</p>")
				return err
			}, 1},
			"contact": {func(tx *store.Tx, c id.Conversation, _ int) error {
				return one(h.desk.NoteContact(tx, h.agent, desk.Contact{Key: "one-press", Channel: desk.ChannelPhone, Conversation: c, Text: "Il rappelle."}))
			}, 1},
			"waive": {func(tx *store.Tx, c id.Conversation, _ int) error {
				all, err := promise.Of(tx, c)
				if err != nil {
					return err
				}
				return one(h.desk.Waive(tx, h.agent, c, all[0].ID, "Réglé au comptoir"))
			}, 1},
			"waive and reopen": {func(tx *store.Tx, c id.Conversation, n int) error {
				if n%2 == 0 {
					return one(h.desk.Reopen(tx, h.agent, c))
				}
				open, err := promise.OpenOf(tx, c)
				if err != nil || len(open) == 0 {
					return err
				}
				return one(h.desk.Waive(tx, h.agent, c, open[0].ID, "Réglé au comptoir"))
			}, 0},
		}
		i := 0
		for name, a := range acts {
			i++
			got := h.receive(h.mail(fmt.Sprintf("client%d@example.org", i), fmt.Sprintf("eight-%d@example.org", i), "Où est mon colis ?"))
			eightAtOnce(h, func(tx *store.Tx, n int) error { return a.press(tx, got.Conversation, n) })
			all := h.promises(got.Conversation)
			open := 0
			for _, p := range all {
				if p.Kind == promise.Answer && p.State == promise.Open {
					open++
				}
			}
			if a.left > 0 && len(all) != a.left || open > 1 {
				h.t.Errorf("%s: %d promises, %d of them open answers: %+v", name, len(all), open, all)
			}
			if c := h.conversation(got.Conversation); c.NextDueAt.IsZero() != (open == 0 && len(all) == a.left || open == 0) {
				h.t.Errorf("%s: the conversation says due %s with %d open", name, c.NextDueAt, open)
			}
		}
	})
}

func TestEightTimesTheSameCallIsOneConversation(t *testing.T) {
	t.Parallel()
	testkit.OnPostgres(t, func(t *testing.T, db *store.DB) {
		h := openHouse(t, db)
		eightAtOnce(h, func(tx *store.Tx, _ int) error {
			_, err := h.desk.NoteContact(tx, h.agent, desk.Contact{Key: "one-press", Channel: desk.ChannelPhone, Name: "Inès Belkacem", Phone: "06 12 34 56 78", Text: "Elle demande un rendez-vous."})
			return err
		})
		h.tx(func(tx *store.Tx) error {
			n, err := store.One[int64](tx, store.Dynamic(`select count(*) from conversation`))
			if n != 1 {
				h.t.Errorf("one call noted by a nervous hand made %d conversations", n)
			}
			return err
		})
	})
}

func TestMergingBothWaysAtOnceLosesNothing(t *testing.T) {
	t.Parallel()
	testkit.OnPostgres(t, func(t *testing.T, db *store.DB) {
		h := openHouse(t, db)
		first := h.receive(h.mail(camille, "m1@example.org", "Où est mon colis ?"))
		second := h.receive(h.mail(camille, "m2@example.org", "Et ma facture ?"))
		var late desk.Received
		eightAtOnce(h, func(tx *store.Tx, n int) (err error) {
			switch n {
			case 0, 2, 4:
				_, err = h.desk.Merge(tx, h.agent, first.Conversation, second.Conversation)
			case 1, 3, 5:
				_, err = h.desk.Merge(tx, h.agent, second.Conversation, first.Conversation)
			case 6:
				in := h.lateMail
				late, err = h.desk.Receive(tx, in("m3@example.org", "m1@example.org"))
			default:
				_, err = h.desk.Receive(tx, h.lateMail("m4@example.org", "m2@example.org"))
			}
			return err
		})
		_ = late
		h.tx(func(tx *store.Tx) error {
			n, err := store.One[int64](tx, store.Dynamic(`select count(*) from message m join conversation c on c.id = m.conversation_id where c.merged_into is null and m.direction = 'in'`))
			if err != nil {
				return err
			}
			open, err := store.One[int64](tx, store.Dynamic(`select count(*) from promise p join conversation c on c.id = p.conversation_id where p.state = 'open' and c.merged_into is null and c.next_due_at is not null`))
			if n != 4 || open != 1 {
				h.t.Errorf("%d messages and %d open promises in the living conversation, want 4 and 1", n, open)
			}
			return err
		})
	})
}

// lateMail is safe to be made by several hands at once.
func (h *house) lateMail(messageID, ref string) desk.Incoming {
	return desk.Incoming{
		Shop: h.shop, Channel: desk.ChannelMail, Role: "inbox", Class: mime.ClassCustomer, MessageID: messageID, Fingerprint: messageID,
		From: mime.Address{Address: camille}, To: []mime.Address{{Address: own}}, Own: []string{own}, Subject: "Ma commande",
		Text: "Toujours rien ?", ArrivedAt: h.clock.Now(), InReplyTo: ref, References: []string{ref},
	}
}

func TestEightSuppliersAtOnceOweOneLook(t *testing.T) {
	t.Parallel()
	testkit.OnPostgres(t, func(t *testing.T, db *store.DB) {
		h := openHouse(t, db)
		got := make([]desk.Received, 8)
		eightAtOnce(h, func(tx *store.Tx, n int) (err error) {
			in := h.lateMail(fmt.Sprintf("promo-%d@grossiste.example", n), "")
			in.Class, in.From, in.References, in.InReplyTo = mime.ClassList, mime.Address{Address: fmt.Sprintf("promo%d@grossiste.example", n)}, nil, ""
			got[n], err = h.desk.Receive(tx, in)
			return err
		})
		if !h.sortIsOwed() {
			h.t.Fatal("nobody owes a look at them")
		}
		eightAtOnce(h, func(tx *store.Tx, n int) error {
			_, err := h.desk.Sorted(tx, h.agent, got[n].Conversation)
			return err
		})
		if h.sortIsOwed() {
			h.t.Error("eight people emptied the tray at once, and its promise stays open")
		}
	})
}
