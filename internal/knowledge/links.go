package knowledge

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime/compose"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var (
	selectLinked = store.SQL(`
		select a.shop_id, b.html from saved_answer_body b join saved_answer a on a.id = b.answer_id
		where a.archived_at is null and (b.html like '%http%' or b.html like '%www.%') order by a.shop_id, a.id`)
	selectLinks = store.SQL(`select shop_id, link, dead, checked_at from saved_link`)
	selectDead  = store.SQL(`select link from saved_link where shop_id = $1 and dead order by link limit 200`)
	upsertLink  = store.SQL(`
		insert into saved_link (shop_id, link, dead, status, checked_at) values ($1, $2, $3, $4, $5)
		on conflict (shop_id, link) do update set dead = excluded.dead, status = excluded.status, checked_at = excluded.checked_at`)
	deleteLink = store.SQL(`delete from saved_link where shop_id = $1 and link = $2`)
)

const (
	// linksAgain is how old a look at a link may be.
	linksAgain = 7 * 24 * time.Hour
	// linksAtOnce bounds one round: the rest comes with the next.
	linksAtOnce = 50
)

// DeadLinks are the addresses in a shop's saved answers that lead nowhere any
// more: what the guard is told.
func DeadLinks(tx *store.Tx, shop id.Shop) ([]string, error) {
	return store.All[string](tx, selectDead, shop)
}

// Links asks once a week whether the addresses in saved answers still lead
// somewhere. Ask answers with the status of a page; it must not go where a
// stranger could send it (package safehttp).
type Links struct {
	DB    *store.DB
	Clock interface{ Now() time.Time }
	Ask   func(ctx context.Context, link string) (status int, err error)
}

type linkRow struct {
	Shop      id.Shop   `db:"shop_id"`
	Link      string    `db:"link"`
	Dead      bool      `db:"dead"`
	CheckedAt time.Time `db:"checked_at"`
}

// Check asks those that were not asked for a week, a few at a time, and forgets
// those that stand in no saved answer any more. Only a page that is gone (404,
// 410) or a name that nobody has makes a link dead: a server in trouble doesn't.
func (l Links) Check(ctx context.Context) error {
	due, gone, err := l.due(ctx)
	if err != nil {
		return err
	}
	err = l.DB.InTx(ctx, func(tx *store.Tx) error {
		for _, g := range gone {
			if _, err := store.Exec(tx, deleteLink, g.Shop, g.Link); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, d := range due {
		status, err := l.Ask(ctx, address(d.Link))
		if ctx.Err() != nil {
			return ctx.Err()
		}
		dead, known := isDead(status, err)
		if !known {
			dead = d.Dead
		}
		err = l.DB.InTx(ctx, func(tx *store.Tx) error {
			_, err := store.Exec(tx, upsertLink, d.Shop, d.Link, dead, status, l.Clock.Now())
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (l Links) due(ctx context.Context) (due, gone []linkRow, err error) {
	type text struct {
		Shop id.Shop `db:"shop_id"`
		HTML string  `db:"html"`
	}
	err = l.DB.Read(ctx, func(tx *store.Tx) error {
		texts, err := store.All[text](tx, selectLinked)
		if err != nil {
			return err
		}
		known, err := store.All[linkRow](tx, selectLinks)
		if err != nil {
			return err
		}
		type place struct {
			shop id.Shop
			link string
		}
		before, used := map[place]linkRow{}, map[place]bool{}
		for _, k := range known {
			before[place{k.Shop, k.Link}] = k
		}
		for _, t := range texts {
			for _, link := range guard.Links(compose.TextFromHTML(t.HTML)) {
				at := place{t.Shop, link}
				if used[at] || strings.ContainsAny(link, "{}") { // an order's own, filled in later
					continue
				}
				used[at] = true
				row := before[at]
				row.Shop, row.Link = t.Shop, link
				if l.Clock.Now().Sub(row.CheckedAt) >= linksAgain {
					due = append(due, row)
				}
			}
		}
		gone = slices.DeleteFunc(known, func(k linkRow) bool { return used[place{k.Shop, k.Link}] })
		return nil
	})
	return due[:min(len(due), linksAtOnce)], gone, err
}

func address(link string) string {
	if strings.Contains(link, "://") {
		return link
	}
	return "https://" + link
}

func isDead(status int, err error) (dead, known bool) {
	var name *net.DNSError
	switch {
	case errors.As(err, &name):
		return name.IsNotFound, name.IsNotFound
	case err != nil || status >= http.StatusInternalServerError:
		return false, false
	}
	return status == http.StatusNotFound || status == http.StatusGone, true
}
