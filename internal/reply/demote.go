package reply

import (
	"fmt"
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// A rule is wrong too often above 2 % of at least 100 firings.
const (
	fewestFirings = 100
	mostWrong     = 2 // in a hundred
)

// TooOftenWrong tells whether a lead judged a rule wrong in more than 2 % of at
// least 100 firings.
func TooOftenWrong(wrong, firings int) bool {
	return firings >= fewestFirings && wrong*100 > firings*mostWrong
}

var (
	selectDemoted = store.SQL(`select rule, step from guard_rule where shop_id = $1 and step > 0`)
	selectRule    = store.SQL(`select rule, step, counted_from, wrong, firings from guard_rule where shop_id = $1 and rule = $2`)
	insertRule    = store.SQL(`insert into guard_rule (shop_id, rule, counted_from) values ($1, $2, $3) on conflict do nothing`)
	// Of two who find a rule wrong too often at once, one changes it.
	changeRule = store.SQL(`
		update guard_rule set step = $3, counted_from = $4, wrong = $5, firings = $6
		where shop_id = $1 and rule = $2 and counted_from = $7`)
	countWrong = store.SQL(`
		select count(*) from false_alarm where shop_id = $1 and rule = $2 and verdict = 'wrong' and created_at > $3`)
	countFirings = store.SQL(`select count(*) from guard_firing where shop_id = $1 and rule = $2 and at > $3`)
)

type ruleRow struct {
	Rule        string    `db:"rule"`
	Step        int       `db:"step"`
	CountedFrom time.Time `db:"counted_from"`
	Wrong       int       `db:"wrong"`
	Firings     int       `db:"firings"`
}

// demotedRules are those of a shop that stepped back, and how far.
func demotedRules(tx *store.Tx, of id.Shop) (map[string]int, error) {
	rows, err := store.All[struct {
		Rule string `db:"rule"`
		Step int    `db:"step"`
	}](tx, selectDemoted, of)
	steps := make(map[string]int, len(rows))
	for _, r := range rows {
		steps[r.Rule] = r.Step
	}
	return steps, err
}

// weigh lets a rule step back that was wrong too often; of one that never does
// the leads are told. Both start its count anew.
func (s *Service) weigh(tx *store.Tx, of id.Shop, rule string, because id.Conversation) error {
	now, found, err := store.Maybe[ruleRow](tx, selectRule, of, rule)
	if err != nil {
		return err
	}
	if !found {
		now.CountedFrom = time.UnixMicro(0).UTC()
	}
	wrong, err := store.One[int](tx, countWrong, of, rule, now.CountedFrom)
	if err != nil || wrong*100 <= fewestFirings*mostWrong {
		return err
	}
	firings, err := store.One[int](tx, countFirings, of, rule, now.CountedFrom)
	if err != nil || !TooOftenWrong(wrong, firings) {
		return err
	}
	step, notice := min(now.Step+1, guard.Steps(rule)), desk.NoticeRuleDemoted
	if step <= now.Step {
		step, notice = now.Step, desk.NoticeRuleDoubted
	}
	if _, err := store.Exec(tx, insertRule, of, rule, now.CountedFrom); err != nil {
		return err
	}
	n, err := store.Exec(tx, changeRule, of, rule, step, s.Clock.Now(), wrong, firings, now.CountedFrom)
	if err != nil || n == 0 {
		return err
	}
	if err := s.Desk.NoticeLeads(tx, of, because, notice, fmt.Sprintf("%s %d %d", rule, wrong, firings)); err != nil {
		return err
	}
	if step == now.Step {
		return nil
	}
	told := event.Event{Shop: of, Kind: event.GuardDemoted}
	return s.Log.Append(tx, told.With(map[string]any{"rule": rule, "step": step, "wrong": wrong, "firings": firings}))
}

// Restore puts a rule back to its whole effect and counts it anew. Faults:
// not_found for a rule that the guard hasn't.
func (s *Service) Restore(tx *store.Tx, by desk.Actor, rule string) error {
	if !slices.Contains(guard.Rules(), rule) {
		return fault.Missing("rule")
	}
	now := s.Clock.Now()
	if _, err := store.Exec(tx, insertRule, by.Shop, rule, now); err != nil {
		return err
	}
	if _, err := store.Exec(tx, restoreRule, by.Shop, rule, now); err != nil {
		return err
	}
	told := event.Event{Shop: by.Shop, Kind: event.GuardRestored, Person: by.Person}
	return s.Log.Append(tx, told.With(map[string]any{"rule": rule}))
}

var restoreRule = store.SQL(`
	update guard_rule set step = 0, counted_from = $3, wrong = 0, firings = 0 where shop_id = $1 and rule = $2`)
