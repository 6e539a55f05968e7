package notify

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// UnsubscribePath is where a mail of the morning is ended; its token follows.
const UnsubscribePath = "/unsubscribe/"

const unsubscribeContext = "morning-mail"

// macBytes is as much of the signature as stands in the link: 128 bits.
const macBytes = 16

// UnsubscribeURL is the link in a person's morning mail: it ends that mail and
// can do nothing else, so it needs no signing in and does not expire.
func (s *Service) UnsubscribeURL(shop id.Shop, person id.Person) string {
	who := shop.String() + "." + person.String()
	mac := s.Box.MAC([]byte(who), unsubscribeContext)[:macBytes]
	return s.URL + UnsubscribePath + who + "." + base64.RawURLEncoding.EncodeToString(mac)
}

// Unsubscriber reads the token of a link: who asks, and in which shop. A
// NotFound fault for what we never wrote.
func (s *Service) Unsubscriber(ctx context.Context, token string) (team.Member, id.Shop, error) {
	missing := fault.Missing("link")
	parts := strings.SplitN(token, ".", 3)
	if len(parts) != 3 {
		return team.Member{}, 0, missing
	}
	mac, err := base64.RawURLEncoding.DecodeString(parts[2])
	want := s.Box.MAC([]byte(parts[0]+"."+parts[1]), unsubscribeContext)[:macBytes]
	if err != nil || !hmac.Equal(mac, want) {
		return team.Member{}, 0, missing
	}
	// Signed by us: they are numbers.
	shop, _ := strconv.ParseInt(parts[0], 10, 64)
	person, _ := strconv.ParseInt(parts[1], 10, 64)
	var m team.Member
	err = s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		m, err = s.Team.Member(tx, id.Shop(shop), id.Person(person))
		return err
	})
	return m, id.Shop(shop), err
}

// Unsubscribe ends the morning mail of a link's person.
func (s *Service) Unsubscribe(ctx context.Context, token string) error {
	m, shop, err := s.Unsubscriber(ctx, token)
	if err != nil {
		return err
	}
	return s.Team.SaveMorning(ctx, m.ID, shop, team.MorningOff)
}
