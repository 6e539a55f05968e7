package api

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// ShopInput is what a person fills in about a shop.
type ShopInput struct {
	Name     string         `json:"name" maxLength:"500"`
	URL      string         `json:"url,omitempty" maxLength:"500"`
	Phone    string         `json:"phone,omitempty" maxLength:"500"`
	Address  string         `json:"address,omitempty" maxLength:"10000"`
	SIRET    string         `json:"siret,omitempty" maxLength:"100" doc:"Or another company number: the guard takes it for no card number"`
	Language string         `json:"language" enum:"fr,en"`
	Timezone string         `json:"timezone" maxLength:"100" doc:"IANA name"`
	Holidays string         `json:"holidays,omitempty" maxLength:"10" doc:"Zone of public holidays, such as FR-67; empty for none"`
	Colour   string         `json:"colour,omitempty" maxLength:"10"`
	Logo     *id.Attachment `json:"logo" required:"false" doc:"Uploaded picture; 0 is the one that is there, null is none"`
}

func (in ShopInput) input() shop.Input {
	return shop.Input{
		Name: in.Name, URL: in.URL, Phone: in.Phone, Address: in.Address, Language: in.Language, Timezone: in.Timezone,
		Holidays: in.Holidays, Colour: in.Colour, SIRET: in.SIRET,
	}
}

// AckInput is what the shop says at once to whoever writes (P03).
type AckInput struct {
	Enabled bool   `json:"enabled"`
	FR      string `json:"text_fr" maxLength:"10000" doc:"Empty for the text of the house"`
	EN      string `json:"text_en" maxLength:"10000"`
}

// ShopSettings are the identity of a shop and its texts.
type ShopSettings struct {
	Shop ShopInput `json:"shop"`
	Ack  AckInput  `json:"ack"`
	// Optional, so that who knows nothing of it changes nothing.
	Remind *RemindInput `json:"remind,omitempty"`
}

// RemindInput is what the shop says to a customer whom it waits for.
type RemindInput struct {
	Enabled bool   `json:"enabled"`
	FR      string `json:"text_fr" maxLength:"10000" doc:"Empty for the text of the house"`
	EN      string `json:"text_en" maxLength:"10000"`
}

func (in *RemindInput) update() *shop.Acknowledgement {
	if in == nil {
		return nil
	}
	return &shop.Acknowledgement{Enabled: in.Enabled, FR: in.FR, EN: in.EN}
}

type shopSettingsOut struct{ Body ShopSettings }

func (s *Server) shopSettings(ctx context.Context, _ *struct{}) (*shopSettingsOut, error) {
	sh, err := s.readShop(ctx)
	if err != nil {
		return nil, err
	}
	in := ShopInput{
		Name: sh.Name, URL: sh.URL, Phone: sh.Phone, Address: sh.Address, Language: sh.Language, Timezone: sh.Timezone,
		Holidays: string(sh.Holidays), Colour: sh.Colour, SIRET: sh.SIRET,
	}
	if sh.Logo != "" {
		in.Logo = new(id.Attachment)
	}
	ack := AckInput{Enabled: sh.AckEnabled, FR: sh.AckFR, EN: sh.AckEN}
	remind := &RemindInput{Enabled: sh.Remind, FR: sh.RemindFR, EN: sh.RemindEN}
	return &shopSettingsOut{Body: ShopSettings{Shop: in, Ack: ack, Remind: remind}}, nil
}

func (s *Server) readShop(ctx context.Context) (sh shop.Shop, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		sh, err = s.Shops.Get(tx, actor(ctx).Shop)
		return err
	})
	return sh, err
}

type saveShopIn struct{ Body ShopSettings }

func (s *Server) saveShop(ctx context.Context, in *saveShopIn) (*shopSettingsOut, error) {
	by := actor(ctx)
	input := in.Body.Shop.input()
	if err := s.keepLogo(ctx, by, in.Body.Shop.Logo, &input); err != nil {
		return nil, err
	}
	err := s.Shops.Save(ctx, shop.Update{
		By: by.Person, Shop: by.Shop, Input: input,
		Ack:    shop.Acknowledgement{Enabled: in.Body.Ack.Enabled, FR: in.Body.Ack.FR, EN: in.Body.Ack.EN},
		Remind: in.Body.Remind.update(),
	})
	if err != nil {
		return nil, withinShop(err)
	}
	return s.shopSettings(ctx, nil)
}

// withinShop places a wrong field of the shop; those of the acknowledgement
// have their place already.
func withinShop(err error) error {
	var f *fault.Fault
	if errors.As(err, &f) && (strings.HasPrefix(f.Field, "ack.") || strings.HasPrefix(f.Field, "remind.")) {
		return err
	}
	return Within("shop", err)
}

// Within says that a wrong field belongs to a part of the request: "name"
// becomes "shop.name". Other errors stay as they are.
func Within(part string, err error) error {
	var f *fault.Fault
	if !errors.As(err, &f) || f.Field == "" || strings.HasPrefix(f.Field, part+".") {
		return err
	}
	placed := *f
	placed.Field = part + "." + f.Field
	return &placed
}

var selectUpload = store.SQL(`
	select blob from attachment where id = $1 and shop_id = $2 and person_id = $3 and message_id is null`)

// keepLogo fills in the logo that was asked for: a picture that the person has
// uploaded, the one that is there, or none.
func (s *Server) keepLogo(ctx context.Context, by team.Actor, asked *id.Attachment, in *shop.Input) error {
	if asked == nil {
		return nil
	}
	if *asked == 0 {
		sh, err := s.readShop(ctx)
		in.Logo, in.LogoType = sh.Logo, sh.LogoType
		return err
	}
	var picture blob.Hash
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		picture, err = store.One[blob.Hash](tx, selectUpload, *asked, by.Shop, by.Person)
		return err
	})
	if errors.Is(err, store.ErrNone) {
		return noLogo()
	}
	if err == nil {
		in.Logo, in.LogoType, err = s.drawnLogo(ctx, picture)
	}
	return err
}

// maxLogo bounds the file of which a logo is drawn.
const maxLogo = 1 << 20

// drawnLogo draws the logo of a stored picture, whatever its upload said that
// it was.
func (s *Server) drawnLogo(ctx context.Context, picture blob.Hash) (logo, kind string, err error) {
	file, err := s.Blobs.Open(ctx, picture)
	if errors.Is(err, fs.ErrNotExist) {
		return "", "", noLogo()
	}
	if err != nil {
		return "", "", err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, maxLogo+1))
	if err != nil {
		return "", "", err
	}
	if len(content) > maxLogo {
		return "", "", fault.Wrong("shop.logo", "The logo must be at most 1 MB.")
	}
	drawn, kind, err := s.drawLogo(ctx, content)
	return string(drawn), kind, Within("shop", err)
}

func noLogo() error {
	return fault.Wrong("shop.logo", "The logo is not there any more; choose it again.")
}
