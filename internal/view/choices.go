package view

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/label"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Choices are what the conditions of a view can name in a shop.
type Choices struct {
	People    []Choice   `json:"people" nullable:"false"`
	Teams     []Choice   `json:"teams" nullable:"false"`
	Tags      []Choice   `json:"tags" nullable:"false"`
	Reasons   []Choice   `json:"reasons" nullable:"false"`
	Mailboxes []Choice   `json:"mailboxes" nullable:"false"`
	Fields    []OwnField `json:"fields" nullable:"false" doc:"What the shop notes itself; a filter names them field-12"`
}

// OwnField is one of the shop's own fields.
type OwnField struct {
	ID      id.Field        `json:"id"`
	Name    string          `json:"name"`
	Kind    label.FieldKind `json:"kind" enum:"text,number,date,choice,yes_no"`
	Choices []string        `json:"choices" nullable:"false"`
}

// Choice is one thing with a name.
type Choice struct {
	ID     int64  `json:"id" db:"id"`
	Name   string `json:"name" db:"name"`
	Parent int64  `json:"parent,omitempty" db:"parent" doc:"Of a reason of the second level"`
}

// mostChoices is more than anybody reads.
const mostChoices = 500

var choiceStatements = []store.Statement{
	store.SQL(`select p.id, p.name, 0 as parent from membership m cross join person p
		where m.shop_id = $1 and p.id = m.person_id and p.active order by p.name, p.id limit $2`),
	store.SQL(`select id, name, 0 as parent from team where shop_id = $1 and archived = false order by name, id limit $2`),
	store.SQL(`select id, name, 0 as parent from tag where shop_id = $1 and archived = false order by folded, id limit $2`),
	store.SQL(`select id, name, coalesce(parent_id, 0) as parent from reason where shop_id = $1 and archived = false order by position, id limit $2`),
	store.SQL(`select id, name, 0 as parent from mailbox where shop_id = $1 order by name, id limit $2`),
}

// Choices reads them.
func (l *Lists) Choices(ctx context.Context, shop id.Shop) (out Choices, err error) {
	into := []*[]Choice{&out.People, &out.Teams, &out.Tags, &out.Reasons, &out.Mailboxes}
	err = l.DB.Read(ctx, func(tx *store.Tx) error {
		for i, s := range choiceStatements {
			if *into[i], err = store.All[Choice](tx, s, shop, mostChoices); err != nil {
				return err
			}
		}
		out.Fields = []OwnField{}
		own, err := label.FieldsInUse(tx, shop)
		for _, f := range own {
			out.Fields = append(out.Fields, OwnField{f.ID, f.Name, f.Kind, append([]string{}, f.Choices()...)})
		}
		return err
	})
	return out, failed("choices of a view", err)
}
