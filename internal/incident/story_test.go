package incident_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/incident"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit/lila"
)

func TestEachCustomerGetsTheirOwnAnswer(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		a, b := h.writes(camille, "Où est mon colis ?"), h.writes(paul, "Mon colis est bloqué")
		i := h.strike(incident.Text{FR: strikeFR}, a, b)
		_, lines := h.lines(i)
		if got := lines[a.Conversation]; got.State != incident.Ready || !strings.Contains(got.HTML, "Bonjour Camille Renaud") {
			h.T.Fatalf("Camille's line is %s: %q", got.State, got.HTML)
		}
		if n := h.starts(i); n != 2 {
			h.T.Fatalf("%d will leave, want 2", n)
		}
		h.passes(time.Minute)
		if len(h.world.Taken) != 2 || h.took(camille) != 1 || h.took(paul) != 1 {
			h.T.Fatalf("%d mails left: %d for Camille, %d for Paul", len(h.world.Taken), h.took(camille), h.took(paul))
		}
		for _, c := range []struct {
			who writer
			in  []promise.Promise
		}{{camille, h.Promises(a.Conversation)}, {paul, h.Promises(b.Conversation)}} {
			if c.in[0].State != promise.Kept || c.in[0].ClosedBy != h.lead.Person {
				h.T.Errorf("%s: the promise is %s by %d", c.who.name, c.in[0].State, c.in[0].ClosedBy)
			}
		}
		r, lines := h.lines(i)
		if r.State != incident.Open || lines[a.Conversation].State != incident.Sent || lines[a.Conversation].Left != "accepted" {
			h.T.Errorf("the round is %s, Camille's answer %s, %q", r.State, lines[a.Conversation].State, lines[a.Conversation].Left)
		}
	})
}

func TestThePreviewSaysWhyOneStays(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		fine, gone, english, out := h.writes(camille, "Où est mon colis ?"), h.writes(nobody, "Où est mon colis ?"), h.writes(emma, "Where is my parcel?"), h.writes(ines, "Où est mon colis ?")
		text := "<p>Bonjour {{customer.first_name}},</p><p>Votre colis reprend sa route le 27/11/2026.</p>"
		i := h.strike(incident.Text{FR: text}, fine, gone, english, out)
		h.edit(i, out, incident.Edit{Excluded: true})
		_, lines := h.lines(i)
		for _, want := range []struct {
			of    id.Conversation
			state incident.State
			why   string
		}{
			{fine.Conversation, incident.Ready, ""},
			{gone.Conversation, incident.Stopped, incident.ByGuard}, // no name: the variable is a hole
			{english.Conversation, incident.Stopped, incident.NoText},
			{out.Conversation, incident.Excluded, ""},
		} {
			if l := lines[want.of]; l.State != want.state || l.Why != want.why {
				h.T.Errorf("%s: %s %q, want %s %q", l.Customer, l.State, l.Why, want.state, want.why)
			}
		}
		if f := lines[gone.Conversation].Findings; !slices.ContainsFunc(f, func(f guard.Finding) bool { return f.Rule == "hole" }) {
			h.T.Errorf("the guard found %v, want the hole", f)
		}
		h.edit(i, gone, incident.Edit{OwnHTML: "<p>Bonjour,</p><p>Votre colis reprend sa route le 27/11/2026.</p>"})
		if _, lines = h.lines(i); lines[gone.Conversation].State != incident.Ready {
			h.T.Errorf("written alone it is %s", lines[gone.Conversation].State)
		}
		if n := h.starts(i); n != 2 {
			h.T.Errorf("%d will leave, want 2", n)
		}
		h.passes(time.Minute)
		if h.took(ines)+h.took(emma) != 0 {
			h.T.Error("one left that was not ready")
		}
	})
}

func TestWhoWroteMeanwhileIsLeftOutAndShown(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		a, b := h.writes(camille, "Où est mon colis ?"), h.writes(paul, "Où est mon colis ?")
		i := h.strike(incident.Text{FR: strikeFR}, a, b)
		h.starts(i)
		h.writes(paul, "Annulez ma commande !", "m2@example.org")
		h.passes(time.Minute)
		_, lines := h.lines(i)
		if l := lines[b.Conversation]; l.State != incident.LeftOut || l.Why != incident.CustomerWrote || h.took(paul) != 0 {
			h.T.Fatalf("Paul's answer is %s %q, %d left", l.State, l.Why, h.took(paul))
		}
		h.edit(i, b, incident.Edit{}) // read now, and put back
		if n := h.starts(i); n != 1 {
			h.T.Fatalf("%d will leave, want Paul's", n)
		}
		h.passes(time.Minute)
		if h.took(paul) != 1 || h.took(camille) != 1 {
			h.T.Errorf("Paul got %d, Camille %d", h.took(paul), h.took(camille))
		}
	})
}

func TestWhoWasAnsweredMeanwhileIsNotAnsweredTwice(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		a, b := h.writes(camille, "Où est mon colis ?"), h.writes(paul, "Où est mon colis ?")
		i := h.strike(incident.Text{FR: strikeFR}, a, b)
		h.Clock.Advance(time.Minute)
		answered := func(c id.Conversation, seen id.Message) {
			_, err := h.Reply.Send(h.T.Context(), h.agent, reply.Answer{
				Conversation: c, Key: "by hand " + c.String(), HTML: "<p>Bonjour,</p><p>Votre colis part demain.</p>", SeenThrough: seen,
			})
			if err != nil {
				h.T.Fatal(err)
			}
		}
		answered(a.Conversation, a.Message)
		if _, lines := h.lines(i); lines[a.Conversation].State != incident.Answered {
			h.T.Errorf("Camille's answer is %s", lines[a.Conversation].State)
		}
		if n := h.starts(i); n != 1 {
			h.T.Errorf("%d will leave, want Paul's alone", n)
		}
		h.Clock.Advance(time.Second)
		answered(b.Conversation, b.Message) // after it was started
		h.passes(time.Minute)
		_, lines := h.lines(i)
		if l := lines[b.Conversation]; l.State != incident.LeftOut || l.Why != incident.AnsweredSince || h.took(paul) != 1 {
			h.T.Errorf("Paul's answer is %s %q; he got %d mails", l.State, l.Why, h.took(paul))
		}
		h.edit(i, a, incident.Edit{Included: true})
		if _, lines = h.lines(i); lines[a.Conversation].State != incident.Ready {
			h.T.Errorf("put back by hand it is %s %s", lines[a.Conversation].State, lines[a.Conversation].Why)
		}
	})
}

// The answer is queued by the desk's own transaction; then we die before the
// round has noted it. The next try finds it, and sends no second one.
func TestDyingBetweenTheTwoTransactionsSendsOnce(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		a, b := h.writes(camille, "Où est mon colis ?"), h.writes(paul, "Où est mon colis ?")
		i := h.strike(incident.Text{FR: strikeFR}, a, b)
		h.starts(i)
		h.Clock.Advance(reply.UndoTime)
		r, _ := h.lines(i)
		for range 3 {
			args := jobs.Job{ID: 999, Kind: incident.SendJob.Name, Args: `{"round":` + r.ID.String() + `}`, Token: 1} // a lease that nobody has
			if err := h.crowd.Work(h.T.Context(), args); err == nil {
				h.T.Fatal("the round noted an answer under a lost lease")
			}
		}
		if _, lines := h.lines(i); lines[a.Conversation].State != incident.Waiting {
			h.T.Fatalf("noted all the same: %s", lines[a.Conversation].State)
		}
		h.passes(time.Minute)
		if h.took(camille) != 1 || h.took(paul) != 1 {
			h.T.Errorf("Camille got %d, Paul %d", h.took(camille), h.took(paul))
		}
		if _, lines := h.lines(i); lines[a.Conversation].State != incident.Sent || lines[b.Conversation].State != incident.Sent {
			h.T.Errorf("states: %s, %s", lines[a.Conversation].State, lines[b.Conversation].State)
		}
	})
}

func TestPauseResumeAndCancel(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		a, b, c := h.writes(camille, "Où est mon colis ?"), h.writes(paul, "Où est mon colis ?"), h.writes(ines, "Où est mon colis ?")
		i := h.strike(incident.Text{FR: strikeFR, PerMinute: 1}, a, b, c)
		h.starts(i)
		h.passes(reply.UndoTime + 15*time.Second) // Camille's has left
		h.Tx(func(tx *store.Tx) error { return h.crowd.Pause(tx, h.lead, i) })
		h.passes(3 * time.Minute)
		if len(h.world.Taken) != 1 {
			h.T.Fatalf("%d left while it was paused", len(h.world.Taken))
		}
		h.Tx(func(tx *store.Tx) error { return h.crowd.Resume(tx, h.lead, i) })
		h.passes(time.Second) // Paul's is in its time to undo
		done, err := h.crowd.Cancel(h.T.Context(), h.lead, i)
		if err != nil || done != (incident.Canceled{Waiting: 1, Undone: 1}) {
			h.T.Fatalf("canceled %+v, %v", done, err)
		}
		h.passes(3 * time.Minute)
		if len(h.world.Taken) != 1 || h.took(camille) != 1 {
			h.T.Fatalf("%d left after the cancel", len(h.world.Taken))
		}
		if n := h.starts(i); n != 2 {
			h.T.Fatalf("%d can leave again, want 2", n)
		}
		h.passes(3 * time.Minute)
		if h.took(camille) != 1 || h.took(paul) != 1 || h.took(ines) != 1 {
			h.T.Errorf("Camille %d, Paul %d, Inès %d", h.took(camille), h.took(paul), h.took(ines))
		}
	})
}

func TestAWholeRoundIsCalledBackInTheTimeToUndo(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		a, b := h.writes(camille, "Où est mon colis ?"), h.writes(paul, "Où est mon colis ?")
		i := h.strike(incident.Text{FR: strikeFR}, a, b)
		h.starts(i)
		h.passes(5 * time.Second)
		done, err := h.crowd.Cancel(h.T.Context(), h.lead, i)
		if err != nil || done.Waiting != 2 {
			h.T.Fatalf("canceled %+v, %v", done, err)
		}
		h.passes(2 * time.Minute)
		if len(h.world.Taken) != 0 {
			h.T.Errorf("%d left", len(h.world.Taken))
		}
		if _, err := h.crowd.Cancel(h.T.Context(), h.lead, i); !fault.Is(err, "not_sending") {
			h.T.Errorf("a second cancel: %v", err)
		}
	})
}

func TestAHoldingAnswerPassesEachPromiseOnToItsDate(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		until := lila.Monday.AddDate(0, 0, 2)
		a, b := h.writes(camille, "Où est mon colis ?"), h.writes(paul, "Où est mon colis ?")
		i := h.strike(incident.Text{FR: "<p>{{greeting}}</p><p>Nous revenons vers vous au plus tard le 25/11/2026.</p>", HoldingUntil: until}, a, b)
		h.starts(i)
		h.passes(time.Minute)
		for _, c := range [][]promise.Promise{h.Promises(a.Conversation), h.Promises(b.Conversation)} {
			if len(c) != 2 || c[0].State != promise.Passed || c[1].State != promise.Open || !c[1].DueAt.Equal(until) {
				h.T.Errorf("promises: %+v", c)
			}
		}
		h.Tx(func(tx *store.Tx) error { _, err := h.crowd.Again(tx, h.agent, i); return err })
		r, _ := h.lines(i)
		h.Tx(func(tx *store.Tx) error {
			return h.crowd.Write(tx, h.agent, i, r.Revision, incident.Text{FR: strikeFR, HoldingUntil: until})
		})
		_, list, err := h.crowd.Preview(h.T.Context(), h.agent, i)
		if err != nil || list[0].State != incident.Stopped || list[0].Why != "held_before" {
			h.T.Errorf("a second holding answer by an agent: %+v, %v", list, err)
		}
	})
}

func TestThoseWhoJoinLaterAreAnsweredOnceToo(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		a := h.writes(camille, "Où est mon colis ?")
		i := h.strike(incident.Text{FR: strikeFR}, a)
		h.starts(i)
		h.passes(time.Minute)
		b := h.writes(paul, "Est-ce à cause des grèves ?")
		h.writes(ines, "Quelle est la taille de la bague ?")
		h.Tx(func(tx *store.Tx) error {
			found, err := incident.Get(tx, h.agent, i)
			if err != nil {
				return err
			}
			list, err := incident.Suggest(tx, h.agent, found)
			if len(list) != 1 || list[0].Conversation != b.Conversation || list[0].By != "words" {
				h.T.Errorf("suggested %+v", list)
			}
			if err != nil {
				return err
			}
			_, err = h.crowd.Add(tx, h.agent, i, []id.Conversation{b.Conversation, a.Conversation})
			return err
		})
		if n := h.starts(i); n != 1 {
			h.T.Fatalf("%d will leave, want Paul's", n)
		}
		h.passes(time.Minute)
		if h.took(camille) != 1 || h.took(paul) != 1 {
			h.T.Errorf("Camille %d, Paul %d", h.took(camille), h.took(paul))
		}
	})
}

func TestABannerStandsInAcknowledgementsWhileItLasts(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		const said = "Une grève retarde les colis jusqu’à vendredi."
		var i id.Incident
		in := incident.Input{Name: "Grève", EndsAt: lila.Monday.Add(2 * time.Hour), BannerFR: said}
		h.Tx(func(tx *store.Tx) (err error) { i, err = h.crowd.Open(tx, h.lead, in); return err })
		acknowledged := func(w writer) string {
			got := h.writes(w, "Où est mon colis ?")
			h.Tx(func(tx *store.Tx) error {
				return (jobs.Queue{Clock: h.Clock}).Put(tx, jobs.Add{Kind: reply.AcknowledgeJob, Args: reply.AcknowledgeArgs{Conversation: got.Conversation, Message: got.Message}})
			})
			h.Work()
			var body string
			h.Tx(func(tx *store.Tx) (err error) {
				body, err = store.One[string](tx, store.Dynamic(`select body from message where conversation_id = $1 and kind = 'acknowledgement'`), got.Conversation)
				return err
			})
			return body
		}
		if text := acknowledged(camille); !strings.HasPrefix(text, said) || !strings.Contains(text, "Nous avons bien reçu") {
			h.T.Errorf("while it lasts:\n%s", text)
		}
		if text := acknowledged(emma); strings.Contains(text, "grève") {
			h.T.Errorf("an English customer reads French:\n%s", text)
		}
		h.Clock.Advance(2 * time.Hour)
		if text := acknowledged(paul); strings.Contains(text, said) {
			h.T.Errorf("past its end:\n%s", text)
		}
		in.EndsAt = time.Time{}
		h.Tx(func(tx *store.Tx) error { return h.crowd.Save(tx, h.agent, i, 1, in) })
		h.Tx(func(tx *store.Tx) error { return h.crowd.End(tx, h.agent, i) })
		if text := acknowledged(ines); strings.Contains(text, said) {
			h.T.Errorf("after it was ended by hand:\n%s", text)
		}
	})
}

func TestAnIncidentIsReadBeforeItIsKept(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		for _, in := range []incident.Input{
			{},
			{Name: "Grève", EndsAt: lila.Monday.Add(-time.Hour)},
			{Name: "Grève", BannerFR: "Bonjour {{ prenom }}, une grève…"},
			{Name: "Grève", Tag: 4711},
		} {
			err := h.DB.InTx(h.T.Context(), func(tx *store.Tx) error { _, err := h.crowd.Open(tx, h.lead, in); return err })
			if fault.KindOf(err) != fault.Invalid {
				h.T.Errorf("%+v: %v", in, err)
			}
		}
		i := h.strike(incident.Text{FR: strikeFR})
		err := h.DB.InTx(h.T.Context(), func(tx *store.Tx) error { return h.crowd.Write(tx, h.agent, i, 1, incident.Text{FR: "<p>Autre</p>"}) })
		if !fault.Is(err, "stale") {
			h.T.Errorf("an old revision: %v", err)
		}
		if _, err := h.start(i); !fault.Is(err, "nothing_ready") {
			h.T.Errorf("nobody to send to: %v", err)
		}
	})
}

// A job that ended the process each time is parked; the round goes on all the same.
func TestARoundWhoseJobIsGoneGoesOn(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		i := h.strike(incident.Text{FR: strikeFR}, h.writes(camille, "Où est mon colis ?"))
		h.starts(i)
		h.Tx(func(tx *store.Tx) error {
			_, err := store.Exec(tx, store.Dynamic(`update job set state = 'parked' where kind = $1`), incident.SendJob.Name)
			return err
		})
		h.passes(time.Minute)
		if h.took(camille) != 0 {
			h.T.Fatal("it left without a job")
		}
		h.Clock.Advance(3 * time.Minute)
		if err := h.crowd.Rescue(h.T.Context()); err != nil {
			h.T.Fatal(err)
		}
		h.passes(time.Minute)
		if h.took(camille) != 1 {
			h.T.Errorf("Camille got %d", h.took(camille))
		}
	})
}

// Eight people press "send" at once, then eight workers take the job at once:
// each customer gets one answer.
func TestEightAtOnceSendOne(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		a, b := h.writes(camille, "Où est mon colis ?"), h.writes(paul, "Où est mon colis ?")
		i := h.strike(incident.Text{FR: strikeFR}, a, b)
		var all sync.WaitGroup
		var mu sync.Mutex
		started := 0
		for range 8 {
			all.Go(func() {
				n, err := h.start(i)
				mu.Lock()
				defer mu.Unlock()
				if err != nil && fault.KindOf(err) != fault.Conflict {
					h.T.Error(err)
				}
				started += n
			})
		}
		all.Wait()
		if started != 2 {
			h.T.Fatalf("%d were started, want 2", started)
		}
		h.Clock.Advance(time.Minute)
		r, _ := h.lines(i)
		for range 8 {
			all.Go(func() {
				for range 3 {
					if err := h.crowd.Work(h.T.Context(), jobs.Job{Kind: incident.SendJob.Name, Args: `{"round":` + r.ID.String() + `}`, Attempts: 1}); err != nil {
						h.T.Error(err)
					}
				}
			})
		}
		all.Wait()
		h.passes(time.Minute)
		if h.took(camille) != 1 || h.took(paul) != 1 {
			h.T.Errorf("Camille got %d, Paul %d", h.took(camille), h.took(paul))
		}
		var told int
		h.Tx(func(tx *store.Tx) (err error) {
			told, err = store.One[int](tx, store.Dynamic(`select count(*) from event where kind = $1`), string(event.MessageSent))
			return err
		})
		if told != 2 {
			h.T.Errorf("%d answers were told of", told)
		}
	})
}
