package api

import (
	"context"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/incident"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// IncidentRound is one text that is sent to an incident's conversations.
type IncidentRound struct {
	ID           id.IncidentRound `json:"id"`
	Number       int              `json:"number"`
	State        string           `json:"state" enum:"open,sending,paused"`
	TextFR       string           `json:"text_fr" doc:"HTML with the variables of saved answers"`
	TextEN       string           `json:"text_en"`
	HoldingUntil *time.Time       `json:"holding_until" nullable:"true" doc:"Of a holding answer: the date it gives"`
	PerMinute    int              `json:"per_minute"`
	StartedBy    *id.Person       `json:"started_by" nullable:"true" doc:"Who signs"`
	StartedAt    *time.Time       `json:"started_at" nullable:"true"`
	Revision     int64            `json:"revision"`
}

// IncidentAnswer is what one conversation is sent in a round.
type IncidentAnswer struct {
	Conversation id.Conversation `json:"conversation"`
	Subject      string          `json:"subject"`
	Customer     string          `json:"customer"`
	Language     string          `json:"language"`
	DueAt        *time.Time      `json:"due_at" nullable:"true"`
	Asked        string          `json:"asked" doc:"What the customer wrote last"`
	State        string          `json:"state" enum:"ready,stopped,excluded,answered,waiting,sent,left_out"`
	Why          string          `json:"why" doc:"Of stopped and left_out: guard, no_text, merged, customer_wrote, answered, failed, or the code of a fault"`
	HTML         string          `json:"html" doc:"Filled in"`
	Own          bool            `json:"own" doc:"Edited alone"`
	PassReason   string          `json:"pass_reason"`
	To           []string        `json:"to" nullable:"false"`
	Findings     []Finding       `json:"findings" nullable:"false"`
	Promises     []PromiseInText `json:"promises" nullable:"false"`
	SeenThrough  id.Message      `json:"seen_through"`
	SendAt       *time.Time      `json:"send_at" nullable:"true"`
	Delivery     *id.Delivery    `json:"delivery" nullable:"true"`
	Left         string          `json:"left" doc:"State of the delivery: queued, accepted, retrying, failed, uncertain, held, undone, local"`
	Detail       string          `json:"detail"`
	UndoUntil    *time.Time      `json:"undo_until" nullable:"true"`
}

func shownAnswer(l incident.Line) IncidentAnswer {
	out := IncidentAnswer{
		Conversation: l.Conversation, Subject: l.Subject, Customer: l.Customer, Language: l.Language, DueAt: unlessZero(l.DueAt), Asked: l.Asked,
		State: string(l.State), Why: l.Why, HTML: l.HTML, Own: l.Own, PassReason: l.PassReason, To: append([]string{}, l.To...),
		Findings: findings(l.Findings), Promises: make([]PromiseInText, 0, len(l.Promises)), SeenThrough: l.SeenThrough,
		SendAt: unlessZero(l.SendAt), Delivery: unlessNone(l.Delivery), Left: leftAs(l.Left), Detail: l.Detail, UndoUntil: unlessZero(l.UndoUntil),
	}
	for _, p := range l.Promises {
		out.Promises = append(out.Promises, PromiseInText{Kind: string(p.Kind), Title: p.Title, DueAt: p.DueAt, Exact: p.Exact})
	}
	return out
}

// leftAs puts a delivery's state into the words of the API.
func leftAs(state string) string {
	switch state {
	case "claimed", "dot_pending":
		return "queued"
	case "soft":
		return "retrying"
	case "hard":
		return "failed"
	}
	return state
}

type previewIncidentOut struct {
	Body struct {
		Round   IncidentRound    `json:"round"`
		Rounds  int              `json:"rounds" doc:"How many there are; the newest is shown"`
		Answers []IncidentAnswer `json:"answers" nullable:"false"`
	}
}

// previewIncident is each conversation's own text, read by the guard.
func (s *Server) previewIncident(ctx context.Context, in *IncidentPath) (*previewIncidentOut, error) {
	r, lines, err := s.Incidents.Preview(ctx, actor(ctx), in.id())
	if err != nil {
		return nil, err
	}
	out := &previewIncidentOut{}
	out.Body.Round = IncidentRound{
		ID: r.ID, Number: r.Number, State: string(r.State), TextFR: r.TextFR, TextEN: r.TextEN, HoldingUntil: unlessZero(r.HoldingUntil),
		PerMinute: r.PerMinute, StartedBy: unlessNone(r.StartedBy), StartedAt: unlessZero(r.StartedAt), Revision: r.Revision,
	}
	out.Body.Rounds = r.Number
	out.Body.Answers = make([]IncidentAnswer, 0, len(lines))
	for _, l := range lines {
		out.Body.Answers = append(out.Body.Answers, shownAnswer(l))
	}
	return out, nil
}

type writeIncidentIn struct {
	IncidentPath

	Body struct {
		TextFR       string     `json:"text_fr" maxLength:"60000"`
		TextEN       string     `json:"text_en" maxLength:"60000"`
		HoldingUntil *time.Time `json:"holding_until,omitempty" nullable:"true"`
		PerMinute    int        `json:"per_minute,omitempty" minimum:"0" maximum:"60" doc:"20 by default"`
		Revision     int64      `json:"revision" doc:"That the round had when it was read"`
	}
}

func (s *Server) writeIncident(ctx context.Context, in *writeIncidentIn) (*incidentOut, error) {
	return s.onIncident(ctx, in.id(), func(tx *store.Tx, by team.Actor) error {
		return s.Incidents.Write(tx, by, in.id(), in.Body.Revision, incident.Text{
			FR: in.Body.TextFR, EN: in.Body.TextEN, HoldingUntil: given(in.Body.HoldingUntil), PerMinute: in.Body.PerMinute,
		})
	})
}

type editIncidentIn struct {
	IncidentPath

	Conversation int64 `path:"conversation"`
	Body         struct {
		HTML       string `json:"html,omitempty" maxLength:"60000" doc:"Its own text; empty for the round's"`
		Excluded   bool   `json:"excluded,omitempty"`
		Included   bool   `json:"included,omitempty" doc:"Though somebody answered meanwhile"`
		PassReason string `json:"pass_reason,omitempty" maxLength:"500" doc:"Why a stop of the guard is passed"`
	}
}

func (s *Server) editIncident(ctx context.Context, in *editIncidentIn) (*incidentOut, error) {
	b := in.Body
	return s.onIncident(ctx, in.id(), func(tx *store.Tx, by team.Actor) error {
		return s.Incidents.Edit(tx, by, in.id(), id.Conversation(in.Conversation), incident.Edit{
			OwnHTML: b.HTML, Excluded: b.Excluded, Included: b.Included, PassReason: b.PassReason,
		})
	})
}

type sendIncidentIn struct {
	IncidentPath

	Body struct {
		Revision int64 `json:"revision" doc:"Of the round that was shown"`
		Answers  []struct {
			Conversation id.Conversation `json:"conversation" minimum:"1"`
			SeenThrough  id.Message      `json:"seen_through"`
		} `json:"answers" nullable:"false" maxItems:"500"`
	}
}

type startedOut struct {
	Body struct {
		Waiting int  `json:"waiting" doc:"How many will leave, one after the other"`
		Undo    Undo `json:"undo"`
	}
}

func (s *Server) sendIncident(ctx context.Context, in *sendIncidentIn) (*startedOut, error) {
	shown := make([]incident.Shown, 0, len(in.Body.Answers))
	for _, a := range in.Body.Answers {
		shown = append(shown, incident.Shown{Conversation: a.Conversation, SeenThrough: a.SeenThrough})
	}
	n, err := s.Incidents.Start(ctx, actor(ctx), in.id(), in.Body.Revision, shown)
	if err != nil {
		return nil, err
	}
	out := &startedOut{}
	out.Body.Waiting = n
	out.Body.Undo = Undo{Method: "POST", Path: base + "/incidents/" + in.id().String() + "/cancel", Body: map[string]any{}}
	return out, nil
}

func (s *Server) pauseIncident(ctx context.Context, in *IncidentPath) (*incidentOut, error) {
	return s.onIncident(ctx, in.id(), func(tx *store.Tx, by team.Actor) error { return s.Incidents.Pause(tx, by, in.id()) })
}

func (s *Server) resumeIncident(ctx context.Context, in *IncidentPath) (*incidentOut, error) {
	return s.onIncident(ctx, in.id(), func(tx *store.Tx, by team.Actor) error { return s.Incidents.Resume(tx, by, in.id()) })
}

type canceledOut struct {
	Body struct {
		Waiting int `json:"waiting" doc:"Those that had not begun to leave"`
		Undone  int `json:"undone" doc:"Those called back in their time to undo"`
	}
}

func (s *Server) cancelIncident(ctx context.Context, in *IncidentPath) (*canceledOut, error) {
	done, err := s.Incidents.Cancel(ctx, actor(ctx), in.id())
	out := &canceledOut{}
	out.Body.Waiting, out.Body.Undone = done.Waiting, done.Undone
	return out, err
}

func (s *Server) nextRound(ctx context.Context, in *IncidentPath) (*incidentOut, error) {
	return s.onIncident(ctx, in.id(), func(tx *store.Tx, by team.Actor) error {
		_, err := s.Incidents.Again(tx, by, in.id())
		return err
	})
}

// incidentRoutes are those of what concerns many customers at once.
func (s *Server) incidentRoutes() []route {
	return []route{
		{"GET", "/incidents", team.Reply, often, on(s.incidents)},
		{"POST", "/incidents", team.Reply, often, on(s.openIncident)},
		{"GET", "/incidents/{id}", team.Reply, often, on(s.incident)},
		{"PUT", "/incidents/{id}", team.Reply, often, on(s.saveIncident)},
		{"POST", "/incidents/{id}/end", team.Reply, often, on(s.endIncident)},
		{"POST", "/incidents/{id}/reopen", team.Reply, often, on(s.reopenIncident)},
		{"POST", "/incidents/{id}/conversations", team.Reply, often, on(s.gather)},
		{"POST", "/incidents/{id}/remove", team.Reply, often, on(s.ungather)},
		{"GET", "/incidents/{id}/suggested", team.Reply, often, on(s.suggested)},
		{"GET", "/incidents/{id}/answers", team.Reply, often, on(s.previewIncident)},
		{"PUT", "/incidents/{id}/text", team.Reply, often, on(s.writeIncident)},
		{"PUT", "/incidents/{id}/answers/{conversation}", team.Reply, often, on(s.editIncident)},
		{"POST", "/incidents/{id}/send", team.Reply, rare, on(s.sendIncident)},
		{"POST", "/incidents/{id}/pause", team.Reply, often, on(s.pauseIncident)},
		{"POST", "/incidents/{id}/resume", team.Reply, often, on(s.resumeIncident)},
		{"POST", "/incidents/{id}/cancel", team.Reply, often, on(s.cancelIncident)},
		{"POST", "/incidents/{id}/rounds", team.Reply, often, on(s.nextRound)},
		{"GET", "/conversations/{id}/incidents", team.Reply, often, on(s.hints)},
	}
}
