package team

import (
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Person is somebody who answers, without the secrets of signing in.
type Person struct {
	ID          id.Person `db:"id"`
	Name        string    `db:"name"`
	Email       string    `db:"email"` // lower case
	Language    string    `db:"language"`
	Theme       string    `db:"theme"`
	ListOrder   string    `db:"list_order"`
	OwnHours    string    `db:"own_hours"` // JSON week; "" as the shop
	Tour        string    `db:"tour"`      // "", a step, skipped, done
	TOTP        bool      `db:"totp_on"`
	LockedUntil time.Time `db:"locked_until"` // zero or past: not locked
	Active      bool      `db:"active"`
	Joined      bool      `db:"joined"` // has set a password
	CreatedAt   time.Time `db:"created_at"`
}

// FirstName is what stands in front of the first space: "Marie-Claude" of
// "Marie-Claude Petit".
func (p Person) FirstName() string {
	first, _, _ := strings.Cut(p.Name, " ")
	return first
}

// Member is a person in a shop.
type Member struct {
	Person

	Role          Role      `db:"role"`
	RoleLine      string    `db:"role_line"`       // under the name in the signature
	FirstNameOnly bool      `db:"first_name_only"` // customers see the first name alone
	Morning       Morning   `db:"morning"`         // "" by the role
	AbsentFrom    string    `db:"first_day"`       // YYYY-MM-DD in the shop's zone, "" when no absence is noted
	AbsentTo      string    `db:"last_day"`
	Substitute    id.Person `db:"substitute"`
}

// SignedName is the name under an answer (P04).
func (m Member) SignedName() string {
	if m.FirstNameOnly {
		return m.FirstName()
	}
	return m.Name
}

// AbsentOn tells whether an absence covers the day, YYYY-MM-DD.
func (m Member) AbsentOn(day string) bool {
	return m.AbsentFrom != "" && m.AbsentFrom <= day && day <= m.AbsentTo
}

const (
	personColumns = `p.id, p.name, p.email, p.language, p.theme, p.list_order, p.own_hours, p.tour, p.totp_on, p.locked_until, p.active, p.password <> '' as joined, p.created_at`
	memberColumns = personColumns + `, m.role, m.role_line, m.first_name_only, m.morning, a.first_day, a.last_day, a.substitute`
	memberTables  = `membership m join person p on p.id = m.person_id left join absence a on a.person_id = p.id`
)

var (
	selectPerson  = store.SQL(`select ` + personColumns + ` from person p where p.id = $1`)
	selectByEmail = store.SQL(`select ` + personColumns + ` from person p where p.email = $1`)
	selectMember  = store.SQL(`select ` + memberColumns + ` from ` + memberTables + ` where m.shop_id = $1 and m.person_id = $2`)
	selectMembers = store.SQL(`select ` + memberColumns + ` from ` + memberTables + ` where m.shop_id = $1 order by p.id`)
	countMembers  = store.SQL(`
		select count(*) from membership m join person p on p.id = m.person_id where m.shop_id = $1 and p.active = true`)
	countPeople   = store.SQL(`select count(*) from person`)
	selectShopsOf = store.SQL(`
		select m.shop_id as shop, m.role from membership m where m.person_id = $1 order by m.shop_id`)
)

// Get reads a person; a NotFound fault when there is none.
func (s *Service) Get(tx *store.Tx, person id.Person) (Person, error) {
	p, found, err := store.Maybe[Person](tx, selectPerson, person)
	if err == nil && !found {
		err = fault.Missing("person")
	}
	return p, err
}

// ByEmail reads the person of an e-mail address; a NotFound fault otherwise.
// Only the console may tell its caller so.
func (s *Service) ByEmail(tx *store.Tx, email string) (Person, error) {
	p, found, err := store.Maybe[Person](tx, selectByEmail, normalEmail(email))
	if err == nil && !found {
		err = fault.Missing("person")
	}
	return p, err
}

// Member reads a person in a shop; a NotFound fault for those of others (I13).
func (s *Service) Member(tx *store.Tx, shop id.Shop, person id.Person) (Member, error) {
	m, found, err := store.Maybe[Member](tx, selectMember, shop, person)
	if err == nil && !found {
		err = fault.Missing("person")
	}
	return m, err
}

// Members reads everybody in a shop, those who left too, oldest first.
func (s *Service) Members(tx *store.Tx, shop id.Shop) ([]Member, error) {
	return store.All[Member](tx, selectMembers, shop)
}

// Count tells how many active people a shop has: with one, assignment is hidden.
func (s *Service) Count(tx *store.Tx, shop id.Shop) (int, error) {
	return store.One[int](tx, countMembers, shop)
}

// Anybody tells whether set-up has made the first person yet.
func (s *Service) Anybody(tx *store.Tx) (bool, error) {
	n, err := store.One[int](tx, countPeople)
	return n > 0, err
}

// Access is what a person is in one shop.
type Access struct {
	Shop id.Shop `db:"shop"`
	Role Role    `db:"role"`
}

// Shops reads where a person works.
func (s *Service) Shops(tx *store.Tx, person id.Person) ([]Access, error) {
	return store.All[Access](tx, selectShopsOf, person)
}

func normalEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

func checkedEmail(email string) (string, error) {
	email = normalEmail(email)
	a, err := mail.ParseAddress(email)
	if err != nil || a.Address != email || len(email) > 254 { // RFC 5321, 4.5.3.1.3
		return "", fault.Wrong("email", "This is no e-mail address; it looks like veronica@maison-lila.fr.")
	}
	return email, nil
}

func checkedName(name string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return "", fault.Wrong("name", "The name is missing: a person signs.")
	}
	if utf8.RuneCountInString(name) > 120 || strings.ContainsFunc(name, unicode.IsControl) {
		return "", fault.Wrong("name", "The name must be at most 120 characters on one line.")
	}
	return name, nil
}

func checkedLanguage(language string) (string, error) {
	switch language {
	case "":
		return "fr", nil
	case "fr", "en":
		return language, nil
	}
	return "", fault.Wrong("language", "The language must be French or English.")
}
