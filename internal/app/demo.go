package app

import (
	"context"
	"fmt"
	"net/smtp"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/demo"
)

type demoCommand struct {
	Serve demoServeCommand `cmd:"" help:"Run the desk on the demo shop, which is made if need be."`
	Write demoWriteCommand `cmd:"" help:"Write a mail as one of the demo shop's customers, through the mail listener."`
}

type demoServeCommand struct{}

// Run is serve on the demo shop.
func (demoServeCommand) Run(ctx context.Context, c Config, io Streams) error {
	return serve(ctx, c, io.Out, func(h *Host) error {
		if h.current.Load().at() != modeFresh {
			return nil
		}
		_, err := h.MakeDemo(ctx, "comptoir demo serve")
		return err
	})
}

type demoWriteCommand struct {
	Count int `help:"How many mails." default:"1" short:"n"`
	Start int `help:"Which of the letters to begin with; they repeat after the last." default:"-1"`
}

// Run hands mails to the listener of the desk that runs, as a relay would: the
// whole way from a mail server's door to the owed list.
func (w demoWriteCommand) Run(_ context.Context, c Config, io Streams) error {
	if c.SMTPListen == "" {
		return fmt.Errorf("this desk has no mail listener; start it with --smtp-listen")
	}
	now := clock.System{}.Now()
	first := w.Start
	if first < 0 {
		first = int(now.Unix() % 1000)
	}
	for i := range w.Count {
		from, to, raw := demo.Mail(first+i, now)
		if err := smtp.SendMail(c.SMTPListen, nil, from, []string{to}, raw); err != nil {
			return fmt.Errorf("hand the mail to %s (the desk must be running here and its demo shop open): %w", c.SMTPListen, err)
		}
		if _, err := fmt.Fprintf(io.Out, "%s wrote to %s. Look at the desk: %s\n", from, to, c.URL); err != nil {
			return err
		}
	}
	return nil
}
