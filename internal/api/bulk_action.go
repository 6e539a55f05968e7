package api

import (
	"context"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// BulkAction is what is done to each conversation.
type BulkAction struct {
	Do       string     `json:"do" enum:"assign,snooze,close,wait,waive,reopen,spam,rescue,team,tag,untag,reason,priority,follow,unfollow"`
	Person   *id.Person `json:"person,omitempty" nullable:"true" doc:"Of assign; null gives them back to all. Of team: who is in charge then; left out, a member stays so"`
	Until    *time.Time `json:"until,omitempty" nullable:"true" doc:"Of snooze; null wakes"`
	Reason   string     `json:"reason,omitempty" maxLength:"500" doc:"Of waive"`
	Team     *id.Team   `json:"team,omitempty" nullable:"true" doc:"Of team; null takes them back"`
	Tag      *id.Tag    `json:"tag,omitempty" nullable:"true" doc:"Of tag and untag"`
	Name     string     `json:"name,omitempty" maxLength:"500" doc:"Of tag, instead of its number: what was typed"`
	About    *id.Reason `json:"about,omitempty" nullable:"true" doc:"Of reason: why they write; null takes it away. Product and cause stay"`
	Priority int        `json:"priority,omitempty" minimum:"-1" maximum:"1" doc:"Of priority"`
}

// bulkNeeds are the permissions of each action.
var bulkNeeds = map[desk.Verb]team.Permission{
	desk.BulkAssign: team.Assign, desk.BulkSnooze: team.Reply, desk.BulkClose: team.Reply, desk.BulkWait: team.Reply,
	desk.BulkWaive: team.Waive, desk.BulkReopen: team.Reply, desk.BulkSpam: team.Waive, desk.BulkRescue: team.Reply,
	desk.BulkTeam: team.Assign, desk.BulkTag: team.Reply, desk.BulkUntag: team.Reply, desk.BulkClassify: team.Reply,
	desk.BulkPriority: team.Reply, desk.BulkFollow: team.Reply, desk.BulkUnfollow: team.Reply,
}

// bulkAct reads an action, and whether the caller may do it. Whom and what it
// names is looked at once, here, and not in each conversation.
func (s *Server) bulkAct(ctx context.Context, a BulkAction) (desk.BulkAct, error) {
	by := actor(ctx)
	act := desk.BulkAct{
		Verb: desk.Verb(a.Do), Person: given(a.Person), Until: given(a.Until), Reason: a.Reason,
		Team: given(a.Team), Tag: given(a.Tag), About: given(a.About), Priority: a.Priority,
	}
	needs, ok := bulkNeeds[act.Verb]
	if !ok {
		return act, fault.Wrong("action", "There is no such action.")
	}
	if !by.Can(needs) {
		return act, fault.New(fault.Forbidden, "forbidden", "Your role does not allow this.")
	}
	if act.Verb == desk.BulkTag && a.Tag == nil {
		err := s.DB.InTx(ctx, func(tx *store.Tx) (err error) {
			act.Tag, err = s.labels().TagNamed(tx, by, a.Name)
			return err
		})
		return act, err
	}
	return act, s.mayGetWork(ctx, by, act)
}

// mayGetWork: a person and a team that conversations are given to must be there
// to answer them.
func (s *Server) mayGetWork(ctx context.Context, by team.Actor, act desk.BulkAct) error {
	if act.Person == 0 && act.Team == 0 {
		return nil
	}
	return s.DB.Read(ctx, func(tx *store.Tx) error {
		if act.Team != 0 {
			if err := s.usableTeam(tx, by, act.Team); err != nil {
				return err
			}
		}
		if act.Person == 0 {
			return nil
		}
		who, err := s.Team.Member(tx, by.Shop, act.Person)
		if err == nil && !who.Active {
			err = fault.Wrong("person", "This person has left the team.")
		}
		return err
	})
}

func stepsOf(undo []desk.BulkStep) []BulkStep {
	out := make([]BulkStep, 0, len(undo))
	for _, u := range undo {
		a := BulkAction{
			Do: string(u.Act.Verb), Reason: u.Act.Reason, Priority: u.Act.Priority,
			Person: pointed(u.Act.Person), Team: pointed(u.Act.Team), Tag: pointed(u.Act.Tag), About: pointed(u.Act.About),
		}
		if !u.Act.Until.IsZero() {
			a.Until = &u.Act.Until
		}
		out = append(out, BulkStep{Action: a, IDs: u.IDs})
	}
	return out
}

// pointed is nil for "none".
func pointed[T any](i id.ID[T]) *id.ID[T] {
	if i == 0 {
		return nil
	}
	return &i
}
