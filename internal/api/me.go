package api

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime/compose"
	"github.com/comptoir-desk/comptoir/internal/mime/sanitise"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/view"
)

// Me is who is signed in, where, and what the frame around every screen shows.
type Me struct {
	Person      MePerson          `json:"person"`
	Shop        MeShop            `json:"shop"`
	Shops       []ShopRef         `json:"shops" nullable:"false"`
	Counts      view.Counts       `json:"counts"`
	Permissions []team.Permission `json:"permissions" nullable:"false"`
}

// MePerson is the person who is signed in.
type MePerson struct {
	ID       id.Person `json:"id"`
	Name     string    `json:"name"`
	Email    string    `json:"email"`
	Role     team.Role `json:"role" enum:"owner,lead,agent"`
	Language string    `json:"language" enum:"fr,en"`
	Theme    string    `json:"theme" enum:"system,light,dark"`
	TOTP     bool      `json:"totp"`
	// ListOrder is remembered here so that every device shows the same.
	ListOrder string `json:"list_order" enum:"due,rank" doc:"Order of the owed lists"`
	Tour      string `json:"tour" doc:"Where one is in the tour of the first day: empty, a step, skipped or done"`
}

// MeShop is the shop in which the person works now.
type MeShop struct {
	ID          id.Shop `json:"id"`
	Name        string  `json:"name"`
	Colour      string  `json:"colour"`
	LogoURL     *string `json:"logo_url"`
	Language    string  `json:"language" enum:"fr,en"`
	Timezone    string  `json:"timezone"`
	Demo        bool    `json:"demo"`
	PeopleCount int     `json:"people_count" doc:"Active people; with one, assignment is hidden"`
}

// ShopRef names a shop in which the person works.
type ShopRef struct {
	ID   id.Shop `json:"id"`
	Name string  `json:"name"`
}

type meOut struct{ Body Me }

func (s *Server) me(ctx context.Context, _ *struct{}) (*meOut, error) {
	shown, err := s.readMe(ctx, actor(ctx))
	return &meOut{Body: shown}, err
}

// readMe reads the frame for a person in a shop; the role is read anew.
func (s *Server) readMe(ctx context.Context, who team.Actor) (Me, error) {
	out := Me{Shops: []ShopRef{}}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		m, err := s.Team.Member(tx, who.Shop, who.Person)
		if err != nil {
			return err
		}
		out.Person = MePerson{
			ID: m.ID, Name: m.Name, Email: m.Email, Role: m.Role, Language: m.Language, Theme: m.Theme, TOTP: m.TOTP, ListOrder: m.ListOrder, Tour: m.Tour,
		}
		out.Permissions = append([]team.Permission{}, team.Permissions(m.Role)...)
		access, err := s.Team.Shops(tx, who.Person)
		if err != nil {
			return err
		}
		for _, a := range access {
			sh, err := s.Shops.Get(tx, a.Shop)
			if err != nil {
				return err
			}
			out.Shops = append(out.Shops, ShopRef{ID: sh.ID, Name: sh.Name})
			if a.Shop == who.Shop {
				out.Shop = shownShop(sh)
			}
		}
		out.Shop.PeopleCount, err = s.Team.Count(tx, who.Shop)
		return err
	})
	if err != nil {
		return out, err
	}
	out.Counts, err = s.Views.Counts(ctx, who.Shop, who.Person)
	return out, err
}

func shownShop(sh shop.Shop) MeShop {
	return MeShop{
		ID: sh.ID, Name: sh.Name, Colour: sh.Colour, LogoURL: logoURL(sh), Language: sh.Language, Timezone: sh.Timezone, Demo: sh.Demo,
	}
}

// logoURL changes with the picture, so that browsers may keep it.
func logoURL(sh shop.Shop) *string {
	if sh.Logo == "" {
		return nil
	}
	url := base + "/shop/logo?v=" + sh.Logo[:min(len(sh.Logo), 12)]
	return &url
}

type saveMeIn struct {
	Body struct {
		Name     *string `json:"name,omitempty" maxLength:"200"`
		Language *string `json:"language,omitempty" enum:"fr,en"`
		Theme    *string `json:"theme,omitempty" enum:"system,light,dark"`
		Order    *string `json:"list_order,omitempty" enum:"due,rank"`
		Tour     *string `json:"tour,omitempty" maxLength:"10"`
	}
}

func (s *Server) saveMe(ctx context.Context, in *saveMeIn) (*meOut, error) {
	err := s.Team.SaveProfile(ctx, actor(ctx).Person, team.Profile{
		Name: in.Body.Name, Language: in.Body.Language, Theme: in.Body.Theme, ListOrder: in.Body.Order, Tour: in.Body.Tour,
	})
	if err != nil {
		return nil, err
	}
	return s.me(ctx, nil)
}

type changePasswordIn struct {
	Body struct {
		Current string `json:"current" maxLength:"1000"`
		New     string `json:"new" maxLength:"1000"`
	}
}

// changePassword signs out every other device.
func (s *Server) changePassword(ctx context.Context, in *changePasswordIn) (*struct{}, error) {
	c := callerOf(ctx)
	return nil, s.Team.ChangePassword(ctx, c.actor.Person, c.session.ID, in.Body.Current, in.Body.New)
}

// SignatureSettings are how a person signs in this shop (P04).
type SignatureSettings struct {
	HTMLPreview   string `json:"html_preview"`
	RoleLine      string `json:"role_line"`
	FirstNameOnly bool   `json:"first_name_only"`
}

type signatureOut struct{ Body SignatureSettings }

func (s *Server) signature(ctx context.Context, _ *struct{}) (*signatureOut, error) {
	by := actor(ctx)
	out := &signatureOut{}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		m, err := s.Team.Member(tx, by.Shop, by.Person)
		if err != nil {
			return err
		}
		sh, err := s.Shops.Get(tx, by.Shop)
		if err != nil {
			return err
		}
		out.Body = SignatureSettings{HTMLPreview: previewOf(m, sh), RoleLine: m.RoleLine, FirstNameOnly: m.FirstNameOnly}
		return nil
	})
	return out, err
}

// previewOf is the signature as it will leave, with the logo at an address that
// the app can load.
func previewOf(m team.Member, sh shop.Shop) string {
	markup, _, _ := compose.Signature(compose.SignatureData{
		Name: m.SignedName(), Role: m.RoleLine, Shop: sh.Name, Phone: sh.Phone, Address: sh.Address, URL: sh.URL,
		Logo: []byte(sh.Logo), LogoType: sh.LogoType, // its name stands for the picture, which is not read for a preview
	})
	logo := logoURL(sh)
	return sanitise.HTML(markup, sanitise.Options{CIDURL: func(string) string {
		if logo == nil {
			return ""
		}
		return *logo
	}}).HTML
}

type saveSignatureIn struct {
	Body struct {
		RoleLine      string `json:"role_line" maxLength:"500"`
		FirstNameOnly bool   `json:"first_name_only"`
	}
}

func (s *Server) saveSignature(ctx context.Context, in *saveSignatureIn) (*signatureOut, error) {
	if err := s.Team.SaveSignature(ctx, actor(ctx), in.Body.RoleLine, in.Body.FirstNameOnly); err != nil {
		return nil, err
	}
	return s.signature(ctx, nil)
}
