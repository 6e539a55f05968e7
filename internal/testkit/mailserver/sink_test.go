package mailserver_test

import (
	"errors"
	"testing"

	"github.com/emersion/go-smtp"

	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
)

// TestSinkFailsWhereItIsTold meets each stage: what the sender learns, and
// whether the message is there all the same.
func TestSinkFailsWhereItIsTold(t *testing.T) {
	t.Parallel()
	refuse := mailserver.Refuse(451, "later, please")
	for _, tt := range []struct {
		name     string
		stage    mailserver.Stage
		fault    error
		wantCode int // 0: no answer at all
		wantSent int
	}{
		{name: "refused at the sender", stage: mailserver.AtMail, fault: refuse, wantCode: 451},
		{name: "refused at the recipient", stage: mailserver.AtRcpt, fault: mailserver.Refuse(550, "unknown"), wantCode: 550},
		{name: "refused after the message", stage: mailserver.AtDot, fault: refuse, wantCode: 451},
		{name: "cut in the message", stage: mailserver.AtData, fault: mailserver.ErrDrop},
		{name: "cut at the dot", stage: mailserver.AtDot, fault: mailserver.ErrDrop},
		{name: "taken, and never said so", stage: mailserver.AfterDot, fault: mailserver.ErrDrop, wantSent: 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			sink := mailserver.NewSink(t)
			sink.FailOnce(tt.stage, tt.fault)

			err := send(t, sink.Addr, shop, camille)

			var answer *smtp.SMTPError
			switch {
			case err == nil:
				t.Error("the sender learnt of no failure")
			case !errors.As(err, &answer) && tt.wantCode != 0:
				t.Errorf("error = %v, want code %d", err, tt.wantCode)
			case answer != nil && answer.Code != tt.wantCode:
				t.Errorf("code = %d, want %d", answer.Code, tt.wantCode)
			}
			if got := sink.Messages(); len(got) != tt.wantSent {
				t.Errorf("recorded %d messages, want %d", len(got), tt.wantSent)
			}
			if err := send(t, sink.Addr, shop, camille); err != nil {
				t.Errorf("the next message: %v", err)
			}
			sink.Wait(t, tt.wantSent+1)
		})
	}
}

func TestSinkHoldsATransaction(t *testing.T) {
	t.Parallel()
	sink := mailserver.NewSink(t)
	reached, release := make(chan struct{}), make(chan struct{})
	sink.FailAt(mailserver.AfterDot, func(mailserver.Received) error {
		close(reached)
		<-release
		return nil
	})
	done := make(chan error, 1)
	go func() { done <- send(t, sink.Addr, shop, camille) }()

	<-reached
	if got := sink.Messages(); len(got) != 1 || got[0].From != shop {
		t.Errorf("recorded %v while held, want the one message", got)
	}
	close(release)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestSinkComesBackOnItsPort(t *testing.T) {
	t.Parallel()
	sink := mailserver.NewSink(t)
	if err := send(t, sink.Addr, shop, camille); err != nil {
		t.Fatal(err)
	}
	sink.Stop(t)
	if _, err := smtp.Dial(sink.Addr); err == nil {
		t.Error("somebody answers while it is stopped")
	}
	sink.Start(t)

	if err := send(t, sink.Addr, shop, camille); err != nil {
		t.Fatal(err)
	}
	if got := sink.Wait(t, 2); len(got) != 2 {
		t.Errorf("recorded %d messages, want 2", len(got))
	}
}
