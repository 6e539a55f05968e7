package api

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/shop"
)

// FirstShop is a shop before there is anything to which a picture could belong:
// its logo is named by the token that POST /setup/logo answered.
type FirstShop struct {
	ShopInput

	LogoToken string `json:"logo_token,omitempty" pattern:"^[0-9a-f]{64}$" doc:"Of the logo that /setup/logo took"`
}

// FirstMailbox is the mailbox that a shop begins with; null for none yet.
type FirstMailbox struct {
	_ struct{} `json:"-" nullable:"true" additionalProperties:"true"`

	MailboxConfig
}

// FirstPerson is the owner.
type FirstPerson struct {
	Name     string `json:"name" maxLength:"500"`
	Email    string `json:"email" maxLength:"320"`
	Password string `json:"password" maxLength:"1000"`
	Language string `json:"language,omitempty" enum:"fr,en"`
}

type setupShopIn struct {
	Body struct {
		Shop      FirstShop     `json:"shop"`
		Person    FirstPerson   `json:"person"`
		Mailbox   *FirstMailbox `json:"mailbox" required:"false"`
		Hours     Hours         `json:"hours"`
		Delay     Delay         `json:"delay"`
		OwedSince string        `json:"owed_since" required:"false" maxLength:"10" doc:"now or YYYY-MM-DD in the shop's zone"`
	}
}

// setupShop makes the shop, all or nothing, and signs its owner in.
func (s *Server) setupShop(ctx context.Context, in *setupShopIn) (*begunOut, error) {
	made, err := s.newShop(ctx, in)
	if err != nil {
		return nil, err
	}
	c := callerOf(ctx)
	token, err := s.Setup.MakeShop(ctx, made, deviceLabel(c.agent))
	if err != nil {
		return nil, withinHours(err)
	}
	return begun(c, token), nil
}

func (s *Server) newShop(ctx context.Context, in *setupShopIn) (NewShop, error) {
	b := in.Body
	out := NewShop{
		Shop:  b.Shop.input(),
		Owner: NewOwner{Name: b.Person.Name, Email: b.Person.Email, Password: b.Person.Password, Language: b.Person.Language},
	}
	zone, err := calendar.LoadLocation(b.Shop.Timezone)
	if err != nil {
		return out, fault.Wrong("shop.timezone", "This time zone is not known; an example is Europe/Paris.")
	}
	if b.Shop.LogoToken != "" {
		if out.Shop.Logo, out.Shop.LogoType, err = s.drawnLogo(ctx, blob.Hash(b.Shop.LogoToken)); err != nil {
			return out, err
		}
	}
	if out.Hours, err = b.Hours.channel(shop.AnyChannel, b.Delay); err != nil {
		return out, err
	}
	if out.OwedSince, err = owedSince(b.OwedSince, zone, s.Clock.Now()); err != nil {
		return out, err
	}
	if out.OwedSince.IsZero() {
		out.OwedSince = s.Clock.Now()
	}
	if b.Mailbox == nil {
		return out, nil
	}
	err = out.takeMailbox(b.Mailbox.MailboxConfig, zone, s.Clock.Now())
	return out, err
}

func (n *NewShop) takeMailbox(form MailboxConfig, zone *time.Location, now time.Time) error {
	m, err := form.input(shop.Mailbox{}, zone, now)
	if err != nil {
		return Within("mailbox", err)
	}
	if m.OwedSince.IsZero() {
		m.OwedSince = n.OwedSince
	}
	n.Mailbox = &m
	return nil
}

// withinHours places what is wrong in the hours, of which set-up has one set
// and the settings one a channel.
func withinHours(err error) error {
	var f *fault.Fault
	if !errors.As(err, &f) {
		return err
	}
	_, place, found := strings.Cut(f.Field, "channels[0].")
	if !found {
		return err
	}
	placed := *f
	placed.Field = place
	return &placed
}
