package notify

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// MentionJob rings for those whom a note names, or who is asked for a second
// reading.
var MentionJob = jobs.Kind{Name: "notify.mention", Pool: jobs.PoolReact}

// MentionArgs are the arguments of MentionJob.
type MentionArgs struct {
	Shop         id.Shop         `json:"shop"`
	Conversation id.Conversation `json:"conversation"`
	Message      id.Message      `json:"message"`
	By           id.Person       `json:"by"`
	Reader       id.Person       `json:"reader,omitempty"` // of a second reading; then there is no note
}

var selectMentioned = store.SQL(`select person_id from mention where message_id = $1 order by person_id`)

// Mention is the handler of MentionJob.
func (s *Service) Mention(ctx context.Context, j jobs.Job) error {
	var a MentionArgs
	if err := j.Decode(&a); err != nil {
		return err
	}
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		if a.Reader != 0 {
			if err := s.ring(tx, RingArgs{Kind: RingReading, Shop: a.Shop, Person: a.Reader, Conversation: a.Conversation, By: a.By}); err != nil {
				return err
			}
			return j.Finish(tx)
		}
		people, err := store.All[id.Person](tx, selectMentioned, a.Message)
		if err != nil {
			return err
		}
		for _, p := range people {
			if err := s.ring(tx, RingArgs{Kind: RingMention, Shop: a.Shop, Person: p, Conversation: a.Conversation, By: a.By}); err != nil {
				return err
			}
		}
		return j.Finish(tx)
	})
}
