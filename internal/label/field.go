package label

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Field is something that a shop notes of each conversation.
type Field struct {
	ID       id.Field  `db:"id"`
	Name     string    `db:"name"`
	Kind     FieldKind `db:"kind"`
	Raw      string    `db:"choices"` // JSON
	Position int       `db:"position"`
	Archived bool      `db:"archived"`
}

// FieldKind says what a field holds.
type FieldKind string

// The kinds of fields. A value is kept as text: a number with a point, a day as
// YYYY-MM-DD, yes or no.
const (
	FieldText   FieldKind = "text"
	FieldNumber FieldKind = "number"
	FieldDate   FieldKind = "date"
	FieldChoice FieldKind = "choice"
	FieldYesNo  FieldKind = "yes_no"
)

const (
	mostFields   = 20
	mostChoices  = 50
	maxFieldText = 500
)

var (
	selectFields = store.SQL(`select id, name, kind, choices, position, archived from field where shop_id = $1 order by position, id`)
	selectField  = store.SQL(`select id, name, kind, choices, position, archived from field where id = $1 and shop_id = $2`)
	countFields  = store.SQL(`select count(*) from field where shop_id = $1 and archived = false and id <> $2`)
	insertField  = store.SQL(`insert into field (shop_id, name, kind, choices, position) values ($1, $2, $3, $4, $5) returning id`)
	updateField  = store.SQL(`update field set name = $3, choices = $4, position = $5, archived = $6 where id = $1 and shop_id = $2`)
)

// Choices are what a choice offers.
func (f Field) Choices() []string {
	var out []string
	_ = json.Unmarshal([]byte(f.Raw), &out) // written by this package alone
	return out
}

// Value is a value as it is kept, or an Invalid fault; "" takes it away.
func (f Field) Value(v string) (string, error) {
	v = strings.TrimSpace(v)
	if v == "" {
		return "", nil
	}
	switch f.Kind {
	case FieldNumber:
		v = strings.ReplaceAll(v, ",", ".")
		n, err := strconv.ParseFloat(v, 64)
		if err != nil || math.IsInf(n, 0) || math.IsNaN(n) || len(v) > 30 || strings.ContainsAny(v, "xXpP_") {
			return "", fault.Wrong("value", "This is no number.")
		}
	case FieldDate:
		if _, err := calendar.ParseDate(v); err != nil {
			return "", fault.Wrong("value", "This is no day of the calendar.")
		}
	case FieldChoice:
		if !slices.Contains(f.Choices(), v) {
			return "", fault.Wrong("value", "This is none of the choices.")
		}
	case FieldYesNo:
		if v != "yes" && v != "no" {
			return "", fault.Wrong("value", "Say yes or no.")
		}
	case FieldText:
		if utf8.RuneCountInString(v) > maxFieldText {
			return "", fault.Wrong("value", "It is longer than 500 characters.")
		}
	}
	return v, nil
}

// Fields reads a shop's fields in their order, archived ones too.
func (s *Service) Fields(tx *store.Tx, by team.Actor) ([]Field, error) {
	return store.All[Field](tx, selectFields, by.Shop)
}

// FieldsInUse reads those of a shop that are not archived, in their order.
func FieldsInUse(tx *store.Tx, shop id.Shop) ([]Field, error) {
	all, err := store.All[Field](tx, selectFields, shop)
	return slices.DeleteFunc(all, func(f Field) bool { return f.Archived }), err
}

// FieldOf reads a field of a shop that is in use; a NotFound fault otherwise.
func FieldOf(tx *store.Tx, shop id.Shop, field id.Field) (Field, error) {
	f, found, err := store.Maybe[Field](tx, selectField, field, shop)
	if err == nil && (!found || f.Archived) {
		err = fault.Missing("field")
	}
	return f, err
}

// FieldInput is what a person says of a field. Its kind is for good: values
// would lose their sense.
type FieldInput struct {
	Name     string
	Kind     FieldKind
	Choices  []string
	Position int
	Archived bool
}

// CreateField adds a field; for who may change the shop, at most 20.
func (s *Service) CreateField(tx *store.Tx, by team.Actor, in FieldInput) (id.Field, error) {
	in, choices, err := s.checkedField(tx, by, 0, in)
	if err != nil {
		return 0, err
	}
	made, err := store.One[id.Field](tx, insertField, by.Shop, in.Name, in.Kind, choices, in.Position)
	if err != nil {
		return 0, err
	}
	return made, s.changed(tx, by, "field", int64(made))
}

// SaveField renames, moves or archives a field, or changes its choices. Values
// that were noted stay.
func (s *Service) SaveField(tx *store.Tx, by team.Actor, field id.Field, in FieldInput) error {
	there, found, err := store.Maybe[Field](tx, selectField, field, by.Shop)
	if err != nil {
		return err
	}
	if !found {
		return fault.Missing("field")
	}
	in.Kind = there.Kind
	in, choices, err := s.checkedField(tx, by, field, in)
	if err != nil {
		return err
	}
	if _, err := store.Exec(tx, updateField, field, by.Shop, in.Name, choices, in.Position, in.Archived); err != nil {
		return err
	}
	return s.changed(tx, by, "field", int64(field))
}

func (s *Service) checkedField(tx *store.Tx, by team.Actor, field id.Field, in FieldInput) (_ FieldInput, choices string, err error) {
	if err := by.Need(team.SettingsShop); err != nil {
		return in, "", err
	}
	if in.Name, err = name(in.Name); err != nil {
		return in, "", err
	}
	var words []string
	for _, c := range in.Choices {
		if c, err = Word("choices", c); err != nil {
			return in, "", err
		}
		if c != "" && !slices.Contains(words, c) {
			words = append(words, c)
		}
	}
	switch in.Kind {
	case FieldText, FieldNumber, FieldDate, FieldYesNo:
		words = nil
	case FieldChoice:
		if len(words) == 0 || len(words) > mostChoices {
			return in, "", fault.Wrong("choices", "Give it between one and 50 choices.")
		}
	default:
		return in, "", fault.Wrong("kind", "There is no such kind of field.")
	}
	if _, err := store.One[id.Shop](tx, lockShop, by.Shop); err != nil {
		return in, "", err
	}
	n, err := store.One[int64](tx, countFields, by.Shop, int64(field))
	if err != nil {
		return in, "", err
	}
	if n >= mostFields && !in.Archived {
		return in, "", fault.New(fault.Conflict, "full", "There are 20 fields already; archive one first.")
	}
	raw, err := json.Marshal(append([]string{}, words...))
	return in, string(raw), err
}
