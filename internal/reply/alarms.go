package reply

import (
	"context"
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// RuleFigures is how a rule of the guard does in a shop, since its count began.
type RuleFigures struct {
	Rule     string `json:"rule"`
	AdviceFR string `json:"advice_fr"`
	AdviceEN string `json:"advice_en"`
	Firings  int    `json:"firings" doc:"Answers, sent or held, on which it spoke up"`
	Alarms   int    `json:"alarms" doc:"Of them those that their author called false"`
	Wrong    int    `json:"wrong" doc:"Of those the ones in which a lead judged the rule wrong"`
	Step     int    `json:"step" doc:"How far it stepped back; 0 is not at all"`
	Steps    int    `json:"steps" doc:"How far it may; 0 is never"`
	// What it last changed or was told for.
	ThenWrong   int `json:"then_wrong"`
	ThenFirings int `json:"then_firings"`
}

// Alarm is a finding that its author called false.
type Alarm struct {
	ID           id.FalseAlarm   `json:"id" db:"id"`
	Rule         string          `json:"rule" db:"rule"`
	Words        string          `json:"words" db:"words" doc:"Of the draft; none for rules that are never passed"`
	Conversation id.Conversation `json:"conversation" db:"conversation_id"`
	Subject      string          `json:"subject" db:"subject"`
	Sent         bool            `json:"sent" db:"sent"`
	Person       string          `json:"person" db:"person"`
	At           time.Time       `json:"at" db:"created_at"`
	Verdict      Verdict         `json:"verdict" db:"verdict" enum:",wrong,right"`
}

// Alarms are what leads read of the guard.
type Alarms struct {
	Rules  []RuleFigures `json:"rules" nullable:"false"`
	Alarms []Alarm       `json:"alarms" nullable:"false" doc:"The newest 200, those to judge first"`
}

var (
	selectAlarms = store.SQL(`
		select a.id, a.rule, a.words, a.conversation_id, c.subject, a.message_id is not null as sent, p.name as person, a.created_at, a.verdict
		from false_alarm a join conversation c on c.id = a.conversation_id join person p on p.id = a.person_id
		where a.shop_id = $1 order by case when a.verdict = '' then 0 else 1 end, a.id desc limit 200`)
	countAlarms = store.SQL(`select count(*) from false_alarm where shop_id = $1 and rule = $2 and created_at > $3`)
)

// Alarms reads how each rule does and what its authors called false.
func (s *Service) Alarms(ctx context.Context, of id.Shop) (out Alarms, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		for _, rule := range guard.Rules() {
			figures, err := figuresOf(tx, of, rule)
			if err != nil {
				return err
			}
			out.Rules = append(out.Rules, figures)
		}
		if out.Alarms, err = store.All[Alarm](tx, selectAlarms, of); out.Alarms == nil {
			out.Alarms = []Alarm{}
		}
		return err
	})
	if err != nil {
		return out, fmt.Errorf("false alarms: %w", err)
	}
	return out, nil
}

func figuresOf(tx *store.Tx, of id.Shop, rule string) (f RuleFigures, err error) {
	now, found, err := store.Maybe[ruleRow](tx, selectRule, of, rule)
	if err != nil {
		return f, err
	}
	if !found {
		now.CountedFrom = time.UnixMicro(0).UTC()
	}
	f = RuleFigures{
		Rule: rule, AdviceFR: guard.Advice(rule, "fr"), AdviceEN: guard.Advice(rule, "en"),
		Step: now.Step, Steps: guard.Steps(rule), ThenWrong: now.Wrong, ThenFirings: now.Firings,
	}
	for _, c := range []struct {
		into *int
		how  store.Statement
	}{{&f.Firings, countFirings}, {&f.Alarms, countAlarms}, {&f.Wrong, countWrong}} {
		if *c.into, err = store.One[int](tx, c.how, of, rule, now.CountedFrom); err != nil {
			return f, err
		}
	}
	return f, nil
}
