package reply_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// onScreen is a conversation as somebody who opens it now has it before them.
func (h *house) onScreen(c id.Conversation) desk.Received {
	h.T.Helper()
	var newest id.Message
	h.Tx(func(tx *store.Tx) (err error) {
		newest, err = store.One[id.Message](tx, store.Dynamic(`select max(id) from message where conversation_id = $1`), c)
		return err
	})
	return desk.Received{Conversation: c, Message: newest}
}

func (h *house) merge(from, into id.Conversation) {
	h.T.Helper()
	h.Tx(func(tx *store.Tx) error {
		_, err := h.Desk.Merge(tx, h.agent, from, into)
		return err
	})
}

// owedFor are the messages that the open answer promise of a conversation covers.
func (h *house) owedFor(c id.Conversation) (out []id.Message) {
	h.T.Helper()
	h.Tx(func(tx *store.Tx) error {
		open, err := promise.OpenOf(tx, c)
		if err != nil {
			return err
		}
		covers, err := promise.CoversOf(tx, c)
		for _, cover := range covers {
			if slices.ContainsFunc(open, func(p promise.Promise) bool { return p.ID == cover.Promise && p.Kind == promise.Answer }) {
				out = append(out, cover.Message)
			}
		}
		return err
	})
	return out
}

// scheduled writes an answer that leaves tomorrow.
func (h *house) scheduled(got desk.Received) reply.Outcome {
	h.T.Helper()
	h.n++
	out, err := h.Reply.Send(h.T.Context(), h.agent, reply.Answer{
		Conversation: got.Conversation, Key: fmt.Sprintf("press-%d", h.n), HTML: fine, SeenThrough: got.Message,
		SendAt: h.Clock.Now().Add(24 * time.Hour),
	})
	if err != nil || len(out.Held) > 0 {
		h.T.Fatalf("schedule: %v, held by %v", err, out.Held)
	}
	return out
}

// The messages that a merge brings are older than the one that Véronica has on
// screen: their numbers alone would say that she had read them.
func TestAMergeBringsSomethingUnseenToWhoWrites(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		h.write("Où est ma facture ?")
		older := h.write("C'est pour ma mutuelle.", "m1@example.org")
		hers := h.write("Où est mon colis ?")
		h.merge(older.Conversation, hers.Conversation)

		_, err := h.answer(hers, fine)
		var unseen reply.Unseen
		if !errors.As(err, &unseen) {
			h.T.Fatalf("an answer by somebody who hadn't read what the merge brought: %v", err)
		}
		h.send(h.onScreen(hers.Conversation), fine)
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		if owed := h.owedFor(hers.Conversation); len(owed) != 0 {
			h.T.Errorf("who has read it all answered it all; still owed for %v", owed)
		}
	})
}

func TestAnAnswerUnderWayKeepsNothingThatAMergeBroughtIn(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		first := h.write("Où est ma facture ?")
		second := h.write("C'est pour ma mutuelle.", "m1@example.org")
		hers := h.write("Où est mon colis ?")
		h.send(hers, fine)
		h.merge(first.Conversation, hers.Conversation) // while the answer can still be called back
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		if owed := h.owedFor(hers.Conversation); !slices.Equal(owed, []id.Message{first.Message, second.Message}) {
			h.T.Errorf("owed for %v, want the invoice's two messages %d and %d", owed, first.Message, second.Message)
		}
	})
}

// The other way round: the answer itself comes in by the merge, and its author
// had none of the other's older messages on screen.
func TestAnAnswerThatAMergeBringsInKeepsWhatItAnswers(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		older := h.write("Où est ma facture ?")
		hers := h.write("Où est mon colis ?")
		h.send(hers, fine)
		h.merge(hers.Conversation, older.Conversation)
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		if owed := h.owedFor(older.Conversation); !slices.Equal(owed, []id.Message{older.Message}) {
			h.T.Errorf("owed for %v, want the invoice alone (%d)", owed, older.Message)
		}
	})
}

func TestAMergeBetweenTheScreenAndASecondMergeIsTold(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(h *house) {
		oldest, middle, newest := h.write("Où est ma facture ?"), h.write("Et mon avoir ?"), h.write("Où est mon colis ?")
		h.merge(oldest.Conversation, middle.Conversation)
		h.send(h.onScreen(middle.Conversation), fine) // has read the invoice and the credit note
		h.merge(middle.Conversation, newest.Conversation)
		h.Clock.Advance(reply.UndoTime)
		h.Work()
		if owed := h.owedFor(newest.Conversation); !slices.Equal(owed, []id.Message{newest.Message}) {
			h.T.Errorf("owed for %v, want the parcel alone (%d)", owed, newest.Message)
		}
	})
}

func TestAScheduledAnswerIsHeldWhenAMergeBringsSomething(t *testing.T) {
	t.Parallel()
	stories := map[string]func(h *house, older, hers desk.Received) id.Conversation{
		"into its conversation": func(h *house, older, hers desk.Received) id.Conversation {
			h.merge(older.Conversation, hers.Conversation)
			return hers.Conversation
		},
		"with its conversation": func(h *house, older, hers desk.Received) id.Conversation {
			h.merge(hers.Conversation, older.Conversation)
			return older.Conversation
		},
	}
	for name, merge := range stories {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEachStore(t, func(h *house) {
				older, hers := h.write("Où est ma facture ?"), h.write("Où est mon colis ?")
				out := h.scheduled(hers)
				c := merge(h, older, hers)
				h.Clock.Advance(24 * time.Hour)
				h.Work()
				if d := h.delivery(out.Delivery.ID); d.State != delivery.Held || len(h.world.taken) != 0 {
					h.T.Errorf("it is %s, %d left; want held for its author to read", d.State, len(h.world.taken))
				}
				if owed := h.owedFor(c); !slices.Equal(owed, []id.Message{older.Message, hers.Message}) {
					h.T.Errorf("owed for %v, want both", owed)
				}
			})
		})
	}
}
