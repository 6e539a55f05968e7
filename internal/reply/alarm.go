package reply

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime/sanitise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Verdict is what a lead says of a false alarm.
type Verdict string

// The verdicts; "" is not judged yet.
const (
	RuleWrong Verdict = "wrong" // it was one: the rule was wrong
	RuleRight Verdict = "right" // the rule was right
)

// mostAlarmWords bounds what is kept of a draft, in bytes.
const mostAlarmWords = 300

var (
	insertFiring = store.SQL(`
		insert into guard_firing (shop_id, rule, conversation_id, seen_through, at) values ($1, $2, $3, $4, $5) on conflict do nothing`)
	insertAlarm = store.SQL(`
		insert into false_alarm (shop_id, rule, words, conversation_id, seen_through, person_id, created_at)
		values ($1, $2, $3, $4, $5, $6, $7) on conflict (conversation_id, seen_through, rule) do update
			set dropped_at = null, words = excluded.words, person_id = excluded.person_id where false_alarm.dropped_at is not null`)
	judgeAlarm = store.SQL(`
		update false_alarm set verdict = $3, judge_id = $4, judged_at = $5 where id = $1 and shop_id = $2
		returning rule, conversation_id`)
)

// fired remembers which rules spoke up on an answer that was sent or held. What
// the customer had written until then tells answers apart, so that an answer
// that is held, mended and sent counts once, and so does one that was undone.
func (s *Service) fired(tx *store.Tx, a Answer, b basis) error {
	rules := rulesOf(b.findings)
	slices.Sort(rules) // one order, so that two who send never wait for each other
	for _, rule := range rules {
		n, err := store.Exec(tx, insertFiring, b.conv.Shop, rule, b.conv.ID, int64(a.SeenThrough), s.Clock.Now())
		if err == nil && n > 0 {
			err = s.weigh(tx, b.conv.Shop, rule, b.conv.ID)
		}
		if err != nil {
			return fmt.Errorf("firings: %w", err)
		}
	}
	return nil
}

// FalseAlarm records that the author calls a finding on a draft, named by its
// key, wrong. It opens no door: a stop still asks for a reason. Whoever says it
// twice of one answer and rule says it once. Faults: not_found, where the guard
// says no such thing of the draft.
func (s *Service) FalseAlarm(ctx context.Context, by desk.Actor, a Answer, key string) error {
	a.HTML = sanitise.Fragment(a.HTML)
	a.Options.Dismissed = slices.DeleteFunc(slices.Clone(a.Options.Dismissed), func(k string) bool { return k == key })
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		b, err := s.drafted(tx, by, a)
		if err != nil {
			return err
		}
		b.findings = b.check()
		at := slices.IndexFunc(b.findings, func(f guard.Finding) bool { return f.Key() == key })
		if at < 0 {
			return fault.Missing("finding")
		}
		f := b.findings[at]
		b.findings = []guard.Finding{f}
		a.SeenThrough = min(a.SeenThrough, b.conv.LastMessage)
		if err := s.fired(tx, a, b); err != nil {
			return err
		}
		n, err := store.Exec(tx, insertAlarm, by.Shop, f.Rule, alarmWords(f), b.conv.ID, int64(a.SeenThrough), by.Person, s.Clock.Now())
		if err != nil || n == 0 {
			return err
		}
		told := event.Event{Shop: by.Shop, Kind: event.GuardDoubted, Conversation: b.conv.ID, Person: by.Person}
		return s.Log.Append(tx, told.With(map[string]any{"rule": f.Rule}))
	})
}

// alarmWords keeps no card number and no stranger's name.
func alarmWords(f guard.Finding) string {
	if f.Severity == guard.NeverPassed {
		return ""
	}
	return cutWords(f.Words)
}

func cutWords(words string) string {
	for len(words) > mostAlarmWords {
		_, last := utf8.DecodeLastRuneInString(words)
		words = words[:len(words)-last]
	}
	return words
}

type judged struct {
	Rule         string          `db:"rule"`
	Conversation id.Conversation `db:"conversation_id"`
}

// Judge says whether an alarm was false; "" takes a verdict back. A rule that
// was wrong too often steps back at once. Faults: not_found, invalid.
func (s *Service) Judge(tx *store.Tx, by desk.Actor, alarm id.FalseAlarm, v Verdict) error {
	if v != RuleWrong && v != RuleRight && v != "" {
		return fault.Wrong("verdict", "Say wrong or right.")
	}
	of, found, err := store.Maybe[judged](tx, judgeAlarm, alarm, by.Shop, v, by.Person, s.Clock.Now())
	if err != nil {
		return fmt.Errorf("judge: %w", err)
	}
	if !found {
		return fault.Missing("false alarm")
	}
	told := event.Event{Shop: by.Shop, Kind: event.GuardJudged, Conversation: of.Conversation, Person: by.Person}
	if err := s.Log.Append(tx, told.With(map[string]any{"rule": of.Rule, "verdict": v})); err != nil {
		return err
	}
	return s.weigh(tx, by.Shop, of.Rule, of.Conversation)
}
