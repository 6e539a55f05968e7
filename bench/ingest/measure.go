package main

import (
	"fmt"
	"syscall"
	"time"

	"github.com/comptoir-desk/comptoir/bench/letters"
	"github.com/comptoir-desk/comptoir/bench/rig"
	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
	"github.com/comptoir-desk/comptoir/internal/testkit/postgres"
)

type mailSort struct {
	name      string
	count     int
	realSized bool
}

type run struct {
	binary, profile string
	rest            time.Duration
	stores          []string
	sort            mailSort
}

// result is one line of the table.
type result struct {
	sort     mailSort
	store    string
	took     time.Duration
	quarters [4]float64 // mails a second
	cpu      time.Duration
	memory   rig.Memory
	after    rig.Memory // after the burst
	mail     int64      // bytes in the mailbox
	database int64
	blobs    int64
	threads  int
	rest     time.Duration
}

// days is over how long the mails arrived. They are older than the promised
// delay, so that none is acknowledged: there is nobody to send to.
const days = 40

func measure(s *rig.Stage, r run) ([]result, error) {
	boxes := mailserver.Dovecot(s)
	total, threads, err := fill(boxes, r.sort)
	if err != nil {
		return nil, err
	}
	var out []result
	for _, store := range r.stores {
		got, err := one(s, r, boxes, store)
		if err != nil {
			return nil, fmt.Errorf("%s on %s: %w", r.sort.name, store, err)
		}
		got.mail = total
		if got.threads != threads {
			return nil, fmt.Errorf("%s on %s: %d conversations, want %d", r.sort.name, store, got.threads, threads)
		}
		out = append(out, got)
		s.Logf("%s", line(got))
	}
	return out, nil
}

func fill(boxes *mailserver.Mailboxes, sort mailSort) (total int64, threads int, err error) {
	box, err := rig.OpenMaildir(boxes, letters.Address)
	if err != nil {
		return 0, 0, err
	}
	w := letters.NewWriter(sort.count, sort.realSized, days, time.Now().AddDate(0, 0, -5))
	for range sort.count {
		l := w.Next()
		total += int64(len(l.Raw))
		if err := box.Add(l.Raw, l.At); err != nil {
			return 0, 0, err
		}
	}
	n, err := rig.Index(boxes, letters.Address)
	if err == nil && n != sort.count {
		err = fmt.Errorf("the mailbox holds %d mails, want %d", n, sort.count)
	}
	return total, w.Threads(), err
}

func one(s *rig.Stage, r run, boxes *mailserver.Mailboxes, store string) (out result, err error) {
	ctx := s.Context()
	out = result{sort: r.sort, store: store, rest: r.rest}
	database := ""
	if store == "postgres" {
		database = postgres.DSN(s, postgres.Durable())
	}
	desk, err := rig.NewDesk(s, r.binary, database, "--mail-ca="+boxes.CAFile)
	if err != nil {
		return out, err
	}
	if r.profile != "" {
		desk.Env = append(desk.Env, "COMPTOIR_PROFILE="+r.profile)
	}
	if err := desk.Start(ctx); err != nil {
		return out, err
	}
	defer desk.Stop()
	if err := desk.SetUp(ctx); err != nil {
		return out, err
	}
	look, err := desk.Store()
	if err != nil {
		return out, err
	}
	defer look.Close()
	relay, err := rig.NewRelay(s, boxes.IMAPSAddr)
	if err != nil {
		return out, err
	}
	before, err := rig.Processor(desk.PID())
	if err != nil {
		return out, err
	}
	err = desk.Connect(ctx, rig.Mailbox{
		Address: letters.Address, Password: boxes.Password, Host: "127.0.0.1", Port: relay.Port, Security: "tls",
		OwedSince: time.Now().AddDate(0, 0, -2*days).Format(time.DateOnly),
	})
	if err != nil {
		return out, err
	}
	start, err := relay.First(s)
	if err != nil {
		return out, err
	}
	n := int64(r.sort.count)
	seen, err := follow(s, look, n, start)
	if err != nil {
		return out, fmt.Errorf("%w\n%s", err, desk.Log())
	}
	out.took = seen[len(seen)-1].At
	cpu, err := rig.Processor(desk.PID())
	if err != nil {
		return out, err
	}
	out.cpu = cpu - before
	if r.profile != "" {
		if err := syscall.Kill(desk.PID(), syscall.SIGUSR1); err != nil {
			return out, err
		}
	}
	var last time.Duration
	for q := range out.quarters {
		at := rig.When(seen, n*int64(q+1)/4)
		out.quarters[q] = float64(n) / 4 / (at - last).Seconds()
		last = at
	}
	err = out.settle(desk, look, s)
	return out, err
}

// follow looks at the newest id, which costs the store nothing. PostgreSQL's ids
// have gaps after a conflict, so the end is counted.
func follow(s *rig.Stage, look *rig.Look, n int64, start time.Time) ([]rig.Progress, error) {
	const patience = 10 * time.Minute
	seen, err := look.Follow(s.Context(), `select coalesce(max(id), 0) from message`, n, start, patience)
	if err != nil {
		return seen, err
	}
	counted, err := look.Follow(s.Context(), `select count(*) from message`, n, start, patience)
	if err != nil {
		return seen, err
	}
	return append(seen[:len(seen)-1], counted[len(counted)-1]), nil
}

// settle checks that each mail is owed, and looks at what remains.
func (r *result) settle(desk *rig.Desk, look *rig.Look, s *rig.Stage) (err error) {
	ctx := s.Context()
	if r.memory, err = rig.MemoryOf(desk.PID()); err != nil {
		return err
	}
	covered, err := look.Number(ctx, `select count(*) from promise_message pm join promise p on p.id = pm.promise_id where p.state = 'open' and p.kind = 'answer'`)
	if err == nil && covered != int64(r.sort.count) {
		err = fmt.Errorf("%d of %d mails are owed an answer", covered, r.sort.count)
	}
	if err != nil {
		return err
	}
	threads, err := look.Number(ctx, `select count(*) from conversation`)
	if err != nil {
		return err
	}
	r.threads = int(threads)
	if err := s.Rest(r.rest); err != nil {
		return err
	}
	if r.after, err = rig.MemoryOf(desk.PID()); err != nil {
		return err
	}
	if r.store == "postgres" {
		r.database, err = look.Number(ctx, `select pg_database_size(current_database())`)
	} else {
		r.database, err = look.Number(ctx, `select page_count * page_size from pragma_page_count(), pragma_page_size()`)
	}
	r.blobs = rig.FolderSize(desk.Data + "/blobs")
	return err
}
