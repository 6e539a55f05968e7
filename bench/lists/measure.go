package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/smtp"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/comptoir-desk/comptoir/bench/archive"
	"github.com/comptoir-desk/comptoir/bench/letters"
	"github.com/comptoir-desk/comptoir/bench/rig"
	"github.com/comptoir-desk/comptoir/internal/testkit/postgres"
)

type setting struct {
	binary, store, keep, profile string
	conversations                int
}

// class is one sort of request.
type class struct {
	name, query string
	page        int // counted from 1
	cursor      string
	at          int // the page that there was, when the list is shorter
}

func classes() []*class {
	return []*class{
		{name: "to answer, page 1", query: "view=owed", page: 1},
		{name: "to answer, page 20", query: "view=owed", page: 20},
		{name: "to answer, Monday order, page 1", query: "view=owed&order=rank", page: 1},
		{name: "one team, page 1", query: "view=team&team=5", page: 1},
		{name: "one team, page 20", query: "view=team&team=5", page: 20},
		{name: "to answer with a tag, page 1", query: "view=owed&tag=7", page: 1},
		{name: "with a tag, page 1", query: "view=tag&tag=7", page: 1},
		{name: "with a tag, page 20", query: "view=tag&tag=7", page: 20},
		{name: "closed, page 1", query: "view=closed", page: 1},
		{name: "closed, page 20", query: "view=closed", page: 20},
		{name: "closed, page 2,000", query: "view=closed", page: 2000},
	}
}

// result is what was measured of one archive on one store.
type result struct {
	setting
	desk     *rig.Desk
	http     *http.Client
	classes  []*class
	lists    load         // a class of requests each
	whole    load         // one conversation in one request; measured apart
	next     atomic.Int64 // of the sessions
	mails    int
	database int64
}

// load is what one kind of round measured.
type load struct {
	took      [][]time.Duration // by class
	requests  int
	over, cpu time.Duration
}

func prepare(s *rig.Stage, set setting) (*result, error) {
	database := ""
	if set.store == "postgres" {
		database = postgres.DSN(s, postgres.Durable())
	}
	desk, err := rig.NewDesk(s, set.binary, database)
	if err != nil {
		return nil, err
	}
	if set.profile != "" {
		desk.Env = append(desk.Env, "COMPTOIR_PROFILE="+set.profile)
	}
	if err := archive.Fill(s, desk, set.binary, set.conversations, set.keep); err != nil {
		return nil, err
	}
	if err := desk.Start(s.Context()); err != nil {
		return nil, err
	}
	r := &result{setting: set, desk: desk, classes: classes()}
	r.lists.took, r.whole.took = make([][]time.Duration, len(r.classes)), make([][]time.Duration, 1)
	r.http = &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: clients, MaxConnsPerHost: clients, DisableCompression: true}}
	if r.database, err = sizeOf(s.Context(), desk.Data, database); err != nil {
		return nil, err
	}
	if err := r.isWhole(s.Context()); err != nil {
		return nil, fmt.Errorf("one conversation: %w", err)
	}
	for _, c := range r.classes {
		if err := r.goTo(s.Context(), c); err != nil {
			return nil, fmt.Errorf("%s: %w\n%s", c.name, err, desk.Log())
		}
	}
	return r, nil
}

// sizeOf is what an archive takes, in bytes: of the folder, or of the database.
func sizeOf(ctx context.Context, folder, database string) (size int64, err error) {
	if database == "" {
		return rig.FolderSize(folder), nil
	}
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		return 0, err
	}
	defer conn.Close(ctx) //nolint:errcheck // asked one thing
	err = conn.QueryRow(ctx, `select pg_database_size(current_database())`).Scan(&size)
	return size, err
}

// goTo follows a list's cursors to a page, in large steps.
func (r *result) goTo(ctx context.Context, c *class) error {
	c.at = 1
	for left := (c.page - 1) * 50; left > 0; {
		limit := min(left, 200)
		raw, err := r.ask(ctx, fmt.Sprintf("?%s&limit=%d&cursor=%s", c.query, limit, c.cursor))
		if err != nil {
			return err
		}
		var page struct {
			Next string `json:"next"`
		}
		if err := json.Unmarshal(raw, &page); err != nil {
			return err
		}
		if page.Next == "" {
			return nil // the last full page is what can be asked for
		}
		c.cursor = page.Next
		left -= limit
		c.at += limit / 50
	}
	return nil
}

const listsPath = "/api/v1/conversations"

// cookie is of one of the archive's people after the other.
func (r *result) cookie() string { return "comptoir_session=" + archive.Token(int(r.next.Add(1))) }

func (r *result) ask(ctx context.Context, path string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.desk.Base+listsPath+path, http.NoBody)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Cookie", r.cookie())
	res, err := r.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s %s", path, res.Status, raw)
	}
	return raw, err
}

// listRound asks for the lists, each class in its turn.
func (r *result) listRound(s *rig.Stage, d time.Duration) error {
	return r.round(s, d, &r.lists, func(n int) (int, string) {
		k := n % len(r.classes)
		return k, "?" + r.classes[k].query + "&cursor=" + r.classes[k].cursor
	})
}

// round asks for a while, with all clients at once, while mail comes in. path
// says what a client's nth request is for, and of which class.
func (r *result) round(s *rig.Stage, d time.Duration, l *load, path func(n int) (class int, path string)) error {
	ctx, cancel := context.WithTimeout(s.Context(), d)
	defer cancel()
	before, err := rig.Processor(r.desk.PID())
	if err != nil {
		return err
	}
	failed := make(chan error, clients+1)
	var work sync.WaitGroup
	var mu sync.Mutex
	start := time.Now()
	for i := range clients {
		work.Go(func() {
			mine := make([][]time.Duration, len(l.took))
			client := rig.NewClient(r.desk.Base)
			defer client.Close()
			for n := i; ctx.Err() == nil; n++ {
				k, at := path(n)
				began := time.Now()
				if _, err := client.Get(listsPath+at, r.cookie()); err != nil {
					failed <- err
					return
				}
				mine[k] = append(mine[k], time.Since(began))
			}
			mu.Lock()
			defer mu.Unlock()
			for k, took := range mine {
				l.took[k] = append(l.took[k], took...)
				l.requests += len(took)
			}
		})
	}
	work.Go(func() {
		if err := r.mail(ctx); err != nil {
			failed <- err
		}
	})
	work.Wait()
	l.over += time.Since(start)
	after, err := rig.Processor(r.desk.PID())
	l.cpu += after - before
	select {
	case failure := <-failed:
		return fmt.Errorf("%w\n%s", failure, r.desk.Log())
	default:
		return err
	}
}

// mail hands mails over by SMTP, evenly, until the round ends.
func (r *result) mail(ctx context.Context) error {
	w := letters.NewWriter(1_000_000, false, 1, time.Now().Add(time.Duration(r.mails)*time.Second))
	tick := time.NewTicker(time.Second / mailsPerSec)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		l := w.Next()
		if err := smtp.SendMail(r.desk.SMTP, nil, "client@client.example", []string{letters.Address}, l.Raw); err != nil {
			return fmt.Errorf("mail: %w", err)
		}
		r.mails++
	}
}

// quantile of ascending durations.
func quantile(sorted []time.Duration, q float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, int(q*float64(len(sorted))))]
}

func (l *load) all() []time.Duration {
	var out []time.Duration
	for _, took := range l.took {
		slices.Sort(took)
		out = append(out, took...)
	}
	slices.Sort(out)
	return out
}
