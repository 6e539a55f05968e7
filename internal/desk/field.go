package desk

import (
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/label"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var (
	upsertFieldValue = store.SQL(`
		insert into field_value (conversation_id, field_id, value) values ($1, $2, $3)
		on conflict (conversation_id, field_id) do update set value = excluded.value`)
	deleteFieldValue = store.SQL(`delete from field_value where conversation_id = $1 and field_id = $2`)
	selectFieldValue = store.SQL(`select value from field_value where conversation_id = $1 and field_id = $2`)
	moveFieldValues  = store.SQL(`
		insert into field_value (conversation_id, field_id, value)
		select $2, field_id, value from field_value where conversation_id = $1 on conflict do nothing`)
	clearFieldValues = store.SQL(`delete from field_value where conversation_id = $1`)
)

// SetField notes a value of one of the shop's fields; "" takes it away. before
// is what stood there.
func (d *Desk) SetField(tx *store.Tx, by Actor, c id.Conversation, field id.Field, value string) (before string, err error) {
	f, err := label.FieldOf(tx, by.Shop, field)
	if err != nil {
		return "", err
	}
	if value, err = f.Value(value); err != nil {
		return "", err
	}
	_, err = d.act(tx, by, c, func(conv *Conversation) error {
		if before, _, err = store.Maybe[string](tx, selectFieldValue, conv.ID, field); err != nil || before == value {
			return err
		}
		if value == "" {
			_, err = store.Exec(tx, deleteFieldValue, conv.ID, field)
		} else {
			_, err = store.Exec(tx, upsertFieldValue, conv.ID, field, value)
		}
		if err != nil {
			return err
		}
		return d.changed(tx, conv, by, "field", map[string]any{"field": field})
	})
	return before, err
}
