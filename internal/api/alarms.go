package api

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
)

type falseAlarmIn struct {
	ConversationPath

	Body struct {
		CheckedDraft

		Key string `json:"key" minLength:"1" maxLength:"100000" doc:"Of the finding"`
	}
}

func (s *Server) falseAlarm(ctx context.Context, in *falseAlarmIn) (*struct{}, error) {
	return nil, s.Reply.FalseAlarm(ctx, actor(ctx), in.Body.answer(in.id()), in.Body.Key)
}

type alarmsOut struct{ Body reply.Alarms }

func (s *Server) alarms(ctx context.Context, _ *struct{}) (*alarmsOut, error) {
	read, err := s.Reply.Alarms(ctx, actor(ctx).Shop)
	return &alarmsOut{read}, err
}

type judgeIn struct {
	ID   int64 `path:"id"`
	Body struct {
		Verdict reply.Verdict `json:"verdict" enum:",wrong,right" doc:"wrong: the rule was; right: it was right; empty takes a verdict back"`
	}
}

func (s *Server) judge(ctx context.Context, in *judgeIn) (*struct{}, error) {
	return nil, s.DB.InTx(ctx, func(tx *store.Tx) error {
		return s.Reply.Judge(tx, actor(ctx), id.FalseAlarm(in.ID), in.Body.Verdict)
	})
}

type restoreRuleIn struct {
	Rule string `path:"rule" maxLength:"40"`
}

func (s *Server) restoreRule(ctx context.Context, in *restoreRuleIn) (*struct{}, error) {
	return nil, s.DB.InTx(ctx, func(tx *store.Tx) error { return s.Reply.Restore(tx, actor(ctx), in.Rule) })
}
