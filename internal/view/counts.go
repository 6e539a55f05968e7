package view

import (
	"context"
	"maps"
	"sync"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Counts are the figures beside the lists; 1000 stands for "999+".
type Counts struct {
	Owed       int `json:"owed"`
	Near       int `json:"near" doc:"Of the owed, those whose due time is near"`
	Broken     int `json:"broken" doc:"Of the owed, those whose due time has passed"`
	Mine       int `json:"mine"`
	Unassigned int `json:"unassigned"`
	Team       int `json:"team" doc:"Of the owed, those of the person's teams"`
	ToRead     int `json:"to_read" doc:"Drafts that the person is asked to read"`
	Waiting    int `json:"waiting"`
	Scheduled  int `json:"scheduled"`
	Courtesy   int `json:"courtesy"`
	Sort       int `json:"sort"`
	Quarantine int `json:"quarantine"`
	OutboxHeld int `json:"outbox_held"`
}

const (
	capped  = `select count(*) from (select 1 from `
	limited = ` limit 1000) as capped`
	inSight = owed + ` and (snoozed_until is null or snoozed_until <= $2)`
)

var (
	countOwed       = store.SQL(capped + `conversation` + inSight + limited)
	countBroken     = store.SQL(capped + `conversation` + inSight + ` and next_due_at < $2` + limited)
	countNear       = store.SQL(capped + `conversation` + inSight + ` and near_at <= $2 and next_due_at >= $2` + limited)
	countUnassigned = store.SQL(capped + `conversation` + inSight + ` and assignee_id is null` + limited)
	countMine       = store.SQL(capped + `conversation` + inSight + ` and assignee_id = $3` + limited)
	countTeam       = store.SQL(capped + `conversation` + inSight + ` and team_id = $3` + limited)
	countToRead     = store.SQL(capped + `conversation where shop_id = $1 and reader_id = $2 and reader_id is not null` + limited)
	countScheduled  = store.SQL(capped + `delivery where shop_id = $1 and scheduled and state = 'queued'` + limited)
	countWaiting    = store.SQL(capped + `conversation where shop_id = $1 and state = 'waiting' and tray = 'main'
		and (snoozed_until is null or snoozed_until <= $2)` + limited)
	countCourtesy = store.SQL(capped + `conversation where shop_id = $1 and tray = 'courtesy' and state <> 'closed' and tray <> 'main'` + limited)
	countSort     = store.SQL(capped + `conversation where shop_id = $1 and tray = 'sort' and state <> 'closed' and tray <> 'main'` + limited)
	countHeld     = store.SQL(capped + `delivery where shop_id = $1 and state = 'held'
		and state in ('local', 'hard', 'uncertain', 'held')` + limited)

	// When a count next changes by the clock alone; what is due at an instant is
	// broken the microsecond after.
	nextTurn = store.SQL(`
		select min(at) from (
			select min(near_at) as at from conversation` + owed + ` and near_at > $2
			union all
			select min(next_due_at) + 1 as at from conversation` + owed + ` and next_due_at >= $2
			union all
			select min(snoozed_until) as at from conversation where shop_id = $1 and snoozed_until is not null and snoozed_until > $2) turns`)
)

// happened tells two looks at the feed apart: it changes with each event that
// comes in sight. The feed's position would not do, since on PostgreSQL it
// waits for the oldest transaction under way, whose events the counts may know
// already or not yet: those in sight behind it are numbered besides.
var happened = store.PerStore(
	`select cast(coalesce(max(seq), 0) as text) from event`,
	`select coalesce((select seq from event where xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint order by xid desc, seq desc limit 1), 0)::text
		|| '+' || (select count(*) from event where xid >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint)::text`)

// counted keeps the last counts of each shop. They hold until an event is
// written or the clock turns one of them.
type counted struct {
	mu   sync.Mutex
	last map[id.Shop]counting
}

type counting struct {
	happened string    // what was in sight when they were counted
	at       time.Time // when
	until    time.Time // zero: no turn lies ahead
	shared   Counts
	own      map[id.Person]own
}

// own is what differs from person to person.
type own struct{ mine, team, toRead int }

func (c counting) holds(happened string, now time.Time) bool {
	return c.happened == happened && !now.Before(c.at) && (c.until.IsZero() || now.Before(c.until))
}

// Counts counts a shop's lists as person sees them, each up to 1000. The
// answer is kept until something happens, so that asking often costs little.
func (l *Lists) Counts(ctx context.Context, shop id.Shop, person id.Person) (Counts, error) {
	var out Counts
	err := l.DB.Read(ctx, func(tx *store.Tx) error {
		seen, err := store.One[string](tx, happened)
		if err != nil {
			return err
		}
		now := l.Clock.Now()
		known := l.counts.of(shop)
		if !known.holds(seen, now) {
			if known, err = countAll(tx, shop, now); err != nil {
				return err
			}
			known.happened = seen
		}
		theirs, counted := known.own[person]
		if !counted {
			if theirs, err = countOwn(tx, shop, person, now); err != nil {
				return err
			}
		}
		out = known.shared
		out.Mine, out.Team, out.ToRead = theirs.mine, theirs.team, theirs.toRead
		l.counts.keep(shop, known, person, theirs)
		return nil
	})
	return out, failed("counts", err)
}

// Forget drops the kept counts of a shop.
func (l *Lists) Forget(shop id.Shop) {
	l.counts.mu.Lock()
	defer l.counts.mu.Unlock()
	delete(l.counts.last, shop)
	l.pages.forget()
	l.besides.mu.Lock()
	defer l.besides.mu.Unlock()
	l.besides.last = nil
}

func (c *counted) of(shop id.Shop) counting {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last[shop]
}

// keep writes a new map: others may be reading the old one.
func (c *counted) keep(shop id.Shop, n counting, person id.Person, theirs own) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last == nil {
		c.last = map[id.Shop]counting{}
	}
	all := map[id.Person]own{person: theirs}
	maps.Copy(all, n.own)
	n.own = all
	c.last[shop] = n
}

func countOwn(tx *store.Tx, shop id.Shop, person id.Person, now time.Time) (out own, err error) {
	if out.mine, err = store.One[int](tx, countMine, shop, now, person); err != nil {
		return out, err
	}
	if out.toRead, err = store.One[int](tx, countToRead, shop, person); err != nil {
		return out, err
	}
	teams, err := store.All[id.Team](tx, teamsOfPerson, person, shop)
	for _, t := range teams {
		n, err := store.One[int](tx, countTeam, shop, now, t)
		if err != nil {
			return out, err
		}
		out.team = min(out.team+n, countCap)
	}
	return out, err
}

func countAll(tx *store.Tx, shop id.Shop, now time.Time) (counting, error) {
	n := counting{at: now}
	for _, c := range []struct {
		into   *int
		text   store.Statement
		byTime bool
	}{
		{&n.shared.Owed, countOwed, true},
		{&n.shared.Near, countNear, true},
		{&n.shared.Broken, countBroken, true},
		{&n.shared.Unassigned, countUnassigned, true},
		{&n.shared.Waiting, countWaiting, true},
		{&n.shared.Scheduled, countScheduled, false},
		{&n.shared.Courtesy, countCourtesy, false},
		{&n.shared.Sort, countSort, false},
		{&n.shared.OutboxHeld, countHeld, false},
	} {
		args := []any{shop}
		if c.byTime {
			args = append(args, now)
		}
		var err error
		if *c.into, err = store.One[int](tx, c.text, args...); err != nil {
			return n, err
		}
	}
	var err error
	if n.shared.Quarantine, err = intake.CountQuarantined(tx, shop); err != nil {
		return n, err
	}
	n.until, err = store.One[time.Time](tx, nextTurn, shop, now)
	return n, err
}
