package api

import (
	"cmp"
	"context"
	"math"
	"time"

	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
)

// PromiseInText is an act that the text of an answer promises. Once the answer
// is accepted it is a promise of the shop's.
type PromiseInText struct {
	Kind  string    `json:"kind" enum:"call_back,refund,send,other"`
	Title string    `json:"title" maxLength:"1000" doc:"The author's words, at most 200 characters"`
	DueAt time.Time `json:"due_at"`
	Exact bool      `json:"exact,omitempty" doc:"A time of day was said; else it is the end of a day"`
}

func promisesIn(list []PromiseInText) []reply.Promised {
	out := make([]reply.Promised, len(list))
	for i, p := range list {
		out[i] = reply.Promised{Kind: promise.Kind(p.Kind), Title: p.Title, DueAt: p.DueAt, Exact: p.Exact}
	}
	return out
}

// Question is one of the customer's, in their words.
type Question struct {
	Words    string `json:"words"`
	Answered bool   `json:"answered" doc:"The draft speaks to it, as far as words tell, or its author ticked it"`
}

// CheckedDraft is a draft as the guard looks at it.
type CheckedDraft struct {
	HTML         string          `json:"html" maxLength:"500000"`
	Attachments  []id.Attachment `json:"attachments,omitempty" maxItems:"50"`
	SeenThrough  id.Message      `json:"seen_through,omitempty" doc:"Questions up to this message; all without it"`
	HoldingUntil *time.Time      `json:"holding_until,omitempty" nullable:"true"`
	SendAt       *time.Time      `json:"send_at,omitempty" nullable:"true" doc:"Dates in the text count from then"`
	Options      reply.Options   `json:"options,omitempty"`
}

func (d CheckedDraft) answer(c id.Conversation) reply.Answer {
	return reply.Answer{
		Conversation: c, HTML: d.HTML, Attachments: d.Attachments, SeenThrough: cmp.Or(d.SeenThrough, math.MaxInt64),
		HoldingUntil: given(d.HoldingUntil), SendAt: given(d.SendAt), Options: d.Options,
	}
}

type checkIn struct {
	ConversationPath

	Body CheckedDraft
}

type checkOut struct {
	Body struct {
		Findings  []Finding       `json:"findings" nullable:"false"`
		Questions []Question      `json:"questions" nullable:"false"`
		Promises  []PromiseInText `json:"promises" nullable:"false"`
	}
}

// check reads a draft with the eyes of the guard; it changes nothing.
func (s *Server) check(ctx context.Context, in *checkIn) (*checkOut, error) {
	read, err := s.Reply.Check(ctx, actor(ctx), in.Body.answer(in.id()))
	out := &checkOut{}
	out.Body.Findings = findings(read.Findings)
	out.Body.Questions = questions(read.Questions)
	out.Body.Promises = make([]PromiseInText, 0, len(read.Promises))
	for _, p := range read.Promises {
		out.Body.Promises = append(out.Body.Promises, PromiseInText{Kind: string(p.Kind), Title: p.Title, DueAt: p.DueAt, Exact: p.Exact})
	}
	return out, err
}

func questions(list []guard.Question) []Question {
	out := make([]Question, 0, len(list))
	for _, q := range list {
		out = append(out, Question{Words: q.Words, Answered: q.Answered})
	}
	return out
}
