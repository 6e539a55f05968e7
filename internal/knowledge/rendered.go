package knowledge

import (
	"slices"
	"time"

	"github.com/comptoir-desk/comptoir/internal/customer"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/knowledge/render"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// About is the conversation that an answer is filled in for; the zero value is
// none.
type About struct {
	Customer id.Customer
	Mailbox  id.Mailbox
	Channel  string
	Language string                  // of the conversation, "" when it isn't known
	Received time.Time               // the customer's newest message
	More     map[string]render.Value // what other parts know
}

// Rendered is an answer filled in for a conversation.
type Rendered struct {
	Language string // in which it was asked for
	// Missing is that language when the answer has no text in it: HTML is empty
	// then, and Languages says what there is.
	Missing   string
	Languages []string
	HTML      string
	Holes     []string // variables that stand as they are
	Actions   []Action
}

// Render fills an answer in. The language is the one given, else that of the
// conversation, else the shop's.
func (s *Service) Render(tx *store.Tx, by team.Actor, answer id.SavedAnswer, language string, about About) (Rendered, error) {
	a, err := s.Get(tx, by, answer)
	if err != nil {
		return Rendered{}, err
	}
	out, err := s.Fill(tx, by, a.Bodies, language, about)
	out.Languages, out.Actions = a.Languages(), a.Actions
	return out, err
}

// Fill fills in a text that is no saved answer, HTML by language, as Render
// does.
func (s *Service) Fill(tx *store.Tx, by team.Actor, bodies map[string]string, language string, about About) (Rendered, error) {
	f, err := s.facts(tx, by, language, about)
	if err != nil {
		return Rendered{}, err
	}
	return fill(bodies, f), nil
}

func fill(bodies map[string]string, f render.Facts) Rendered {
	out := Rendered{Language: f.Lang, Holes: []string{}}
	if bodies[f.Lang] == "" {
		out.Missing = f.Lang
		return out
	}
	filled := render.HTML(bodies[f.Lang], f)
	out.HTML, out.Holes = filled.HTML, append(out.Holes, filled.Holes...)
	return out
}

// Facts are the variables with what they say now, for who inserts one by
// itself. The language is chosen as by Render.
func (s *Service) Facts(tx *store.Tx, by team.Actor, language string, about About) ([]render.Fact, error) {
	f, err := s.facts(tx, by, language, about)
	if err != nil {
		return nil, err
	}
	return render.Known(f), nil
}

// facts reads what the variables stand for.
func (s *Service) facts(tx *store.Tx, by team.Actor, language string, about About) (f render.Facts, err error) {
	sh, err := s.Shops.Get(tx, by.Shop)
	if err != nil {
		return f, err
	}
	f = render.Facts{
		Now: s.now(), Received: about.Received, More: about.More,
		Lang: chosen(language, about.Language, sh.Language),
		Shop: render.Shop{Name: sh.Name, URL: sh.URL, Phone: sh.Phone, Address: sh.Address, Language: sh.Language},
	}
	if f.Hours, _, err = s.Shops.HoursAndDelay(tx, by.Shop, about.Channel); err != nil {
		return f, err
	}
	who, err := s.Team.Member(tx, by.Shop, by.Person)
	if err != nil {
		return f, err
	}
	f.Author = render.Author{Name: who.SignedName(), Role: who.RoleLine}
	if f.Shop.Email, err = s.address(tx, by.Shop, about.Mailbox); err != nil {
		return f, err
	}
	f.Customer, err = addressee(tx, by.Shop, about.Customer)
	return f, err
}

// chosen is the first of the languages that can be written.
func chosen(wanted ...string) string {
	for _, l := range wanted {
		if slices.Contains(languages, l) {
			return l
		}
	}
	return "fr"
}

// address is where the shop is written to: by the mailbox of the conversation,
// else by its only one.
func (s *Service) address(tx *store.Tx, of id.Shop, mailbox id.Mailbox) (string, error) {
	if mailbox != 0 {
		m, err := s.Shops.MailboxByID(tx, mailbox)
		if err == nil && m.Shop == of {
			return m.Address, nil
		}
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return "", err
		}
	}
	own, err := s.Shops.OwnAddresses(tx, of)
	if err != nil || len(own) != 1 {
		return "", err
	}
	return own[0], nil
}

func addressee(tx *store.Tx, of id.Shop, c id.Customer) (render.Customer, error) {
	if c == 0 {
		return render.Customer{}, nil
	}
	file, err := customer.Get(tx, c)
	if err != nil || file.Shop != of {
		return render.Customer{}, err
	}
	out := render.Customer{Name: file.Name}
	known, err := customer.Identities(tx, c)
	for _, i := range known {
		switch {
		case i.Kind == customer.Mail && out.Email == "":
			out.Email = i.Shown
		case i.Kind == customer.Phone && out.Phone == "":
			out.Phone = i.Shown
		}
	}
	return out, err
}
