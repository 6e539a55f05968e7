package view

import (
	"context"
	"sync"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Beside are the lists that differ from shop to shop and from person to person.
type Beside struct {
	Views []ShownView `json:"views" nullable:"false"`
	Teams []ShownTeam `json:"teams" nullable:"false" doc:"Of the shop, those of the person first"`
	Tags  []ShownTag  `json:"tags" nullable:"false" doc:"In use, by name; at most 100"`
	// Favourites are names as the lists have them in the app's addresses.
	Favourites []string `json:"favourites" nullable:"false" doc:"Of these, those that the person put first: team-2, tag-7"`
}

// ShownTag is a tag with what is owed in its conversations.
type ShownTag struct {
	TagRef

	Count int `json:"count" doc:"Owed with this tag; 100 stands for 99+"`
}

// ShownView is a saved view as the person sees it.
type ShownView struct {
	ID      id.SavedView `json:"id"`
	Name    string       `json:"name"`
	Icon    string       `json:"icon" doc:"An emoji, or empty"`
	Shared  bool         `json:"shared" doc:"Everybody of the shop sees it"`
	Own     bool         `json:"own" doc:"The person made it"`
	Base    string       `json:"base" doc:"The list that it narrows"`
	Filter  Filter       `json:"filter"`
	MayEdit bool         `json:"may_edit"`
	Count   *Counted     `json:"count" doc:"Of what is open; null for a list of the archive"`
}

// ShownTeam is a team with what it owes.
type ShownTeam struct {
	ID    id.Team `json:"id"`
	Name  string  `json:"name"`
	Mine  bool    `json:"mine" doc:"The person is in it"`
	Count int     `json:"count" doc:"1000 stands for 999+"`
}

// counts of open rows only: an archive has none (I12).
var countable = map[View]bool{Owed: true, Mine: true, Unassigned: true, Waiting: true, Snoozed: true, Courtesy: true, Sort: true}

// besideFor bounds the age of what is kept: "due within two hours" changes by
// the clock alone.
const besideFor = time.Minute

type besides struct {
	mu   sync.Mutex
	last map[Actor]keptBeside
}

type keptBeside struct {
	happened string
	at       time.Time
	shown    Beside
}

var selectTeams = store.SQL(`select id, name from team where shop_id = $1 and archived = false order by name, id limit 100`)

// Beside reads the saved views and the teams that somebody sees, each with its
// count. The answer is kept until something happens, a minute at most.
func (l *Lists) Beside(ctx context.Context, by Actor) (out Beside, err error) {
	now := l.Clock.Now()
	err = l.DB.Read(ctx, func(tx *store.Tx) error {
		seen, err := store.One[string](tx, happened)
		if err != nil {
			return err
		}
		if kept, ok := l.besides.of(by); ok && kept.happened == seen && !now.Before(kept.at) && now.Sub(kept.at) < besideFor {
			out = kept.shown
			return nil
		}
		if out, err = besideOf(look{tx: tx, by: by, now: now}); err == nil {
			l.besides.keep(by, keptBeside{seen, now, out})
		}
		return err
	})
	return out, failed("views and teams", err)
}

func besideOf(r look) (Beside, error) {
	out := Beside{Views: []ShownView{}, Teams: []ShownTeam{}, Tags: []ShownTag{}}
	views, err := team.Views(r.tx, r.by)
	if err != nil {
		return out, err
	}
	for _, v := range views {
		shown, err := r.shownView(v)
		if err != nil {
			return out, err
		}
		out.Views = append(out.Views, shown)
	}
	if out.Teams, err = r.teams(); err != nil {
		return out, err
	}
	if out.Favourites, err = team.Favourites(r.tx, r.by); err != nil {
		return out, err
	}
	out.Tags, err = r.tags()
	return out, err
}

var (
	selectTagsInUse = store.SQL(`select id, name, colour from tag where shop_id = $1 and archived = false order by folded, id limit 100`)
	countTag        = store.SQL(`
		select count(*) from (select 1 from conversation_tag t cross join conversation c
			where t.tag_id = $3 and t.next_due_at is not null and c.id = t.conversation_id and c.shop_id = $1 and c.tray = 'main'
				and (c.snoozed_until is null or c.snoozed_until <= $2) limit 100) capped`)
)

func (r look) tags() ([]ShownTag, error) {
	out := []ShownTag{}
	all, err := store.All[TagRef](r.tx, selectTagsInUse, r.by.Shop)
	for _, t := range all {
		n, err := store.One[int](r.tx, countTag, r.by.Shop, r.now, t.ID)
		if err != nil {
			return out, err
		}
		out = append(out, ShownTag{t, n})
	}
	return out, err
}

func (r look) shownView(v team.SavedView) (ShownView, error) {
	f, err := ParseFilter(v.Filter)
	if err != nil { // kept by an older version: shown, so that it can be mended
		f = Filter{}
	}
	own := v.Person == r.by.Person
	shown := ShownView{
		ID: v.ID, Name: v.Name, Icon: v.Icon, Shared: v.Shared, Own: own, Base: v.Base, Filter: f, MayEdit: own || r.by.Role != team.Agent,
	}
	n, err := narrow(View(v.Base), f)
	if err != nil || !countable[View(v.Base)] {
		return shown, nil //nolint:nilerr // as above
	}
	count, err := n.counted(r)
	shown.Count = &count
	return shown, err
}

type namedTeam struct {
	ID   id.Team `db:"id"`
	Name string  `db:"name"`
}

func (r look) teams() ([]ShownTeam, error) {
	out := []ShownTeam{}
	all, err := store.All[namedTeam](r.tx, selectTeams, r.by.Shop)
	if err != nil || len(all) == 0 {
		return out, err
	}
	own, err := store.All[id.Team](r.tx, teamsOfPerson, r.by.Person, r.by.Shop)
	if err != nil {
		return out, err
	}
	mine := map[id.Team]bool{}
	for _, t := range own {
		mine[t] = true
	}
	for _, first := range []bool{true, false} {
		for _, t := range all {
			if mine[t.ID] != first {
				continue
			}
			n, err := store.One[int](r.tx, countTeam, r.by.Shop, r.now, t.ID)
			if err != nil {
				return out, err
			}
			out = append(out, ShownTeam{ID: t.ID, Name: t.Name, Mine: first, Count: n})
		}
	}
	return out, nil
}

func (b *besides) of(by Actor) (keptBeside, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	kept, ok := b.last[by]
	return kept, ok
}

// mostBesides bounds the memory; whoever comes next begins anew.
const mostBesides = 1000

func (b *besides) keep(by Actor, k keptBeside) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.last == nil || len(b.last) >= mostBesides {
		b.last = map[Actor]keptBeside{}
	}
	b.last[by] = k
}
