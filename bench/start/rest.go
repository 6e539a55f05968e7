package main

import (
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/bench/letters"
	"github.com/comptoir-desk/comptoir/bench/rig"
	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
)

// atRest is what the desk needs while nothing happens.
type atRest struct {
	memory rig.Memory
	cpu    time.Duration
	over   time.Duration
}

// read before the rest begins: a morning's mail, and the time to end it.
// Acknowledgements of mail that came in late wait three minutes, for what the
// Sent folder may hold; they are work, not rest.
const (
	mails  = 200
	settle = 4 * time.Minute
)

func measureRest(s *rig.Stage, binary string, rest time.Duration) (out atRest, err error) {
	ctx := s.Context()
	boxes := mailserver.Dovecot(s)
	box, err := rig.OpenMaildir(boxes, letters.Address)
	if err != nil {
		return out, err
	}
	w := letters.NewWriter(mails, true, 10, time.Now().AddDate(0, 0, -5))
	for range mails {
		l := w.Next()
		if err := box.Add(l.Raw, l.At); err != nil {
			return out, err
		}
	}
	desk, err := rig.NewDesk(s, binary, "", "--mail-ca="+boxes.CAFile)
	if err != nil {
		return out, err
	}
	if err := desk.Start(ctx); err != nil {
		return out, err
	}
	if err := desk.SetUp(ctx); err != nil {
		return out, err
	}
	relay, err := rig.NewRelay(s, boxes.IMAPSAddr)
	if err != nil {
		return out, err
	}
	err = desk.Connect(ctx, rig.Mailbox{
		Address: letters.Address, Password: boxes.Password, Host: "127.0.0.1", Port: relay.Port, Security: "tls",
		OwedSince: time.Now().AddDate(0, 0, -30).Format(time.DateOnly),
	})
	if err != nil {
		return out, err
	}
	look, err := desk.Store()
	if err != nil {
		return out, err
	}
	if _, err := look.Follow(ctx, `select coalesce(max(id), 0) from message`, mails, time.Now(), time.Minute); err != nil {
		return out, fmt.Errorf("%w\n%s", err, desk.Log())
	}
	look.Close()
	if err := s.Rest(settle); err != nil {
		return out, err
	}
	before, err := rig.Processor(desk.PID())
	if err != nil {
		return out, err
	}
	start := time.Now()
	if err := s.Rest(rest); err != nil {
		return out, err
	}
	after, err := rig.Processor(desk.PID())
	if err != nil {
		return out, err
	}
	out.cpu, out.over = after-before, time.Since(start)
	out.memory, err = rig.MemoryOf(desk.PID())
	return out, err
}
