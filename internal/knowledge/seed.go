package knowledge

import (
	"fmt"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var (
	lockShop         = store.SQL(`select id from shop where id = $1 {for update}`)
	selectSeeded     = store.SQL(`select count(*) from saved_answer where shop_id = $1 and ready <> ''`)
	selectFolderNext = store.SQL(`select count(*) from saved_answer_folder where shop_id = $1`)
	findFolder       = store.SQL(`select id from saved_answer_folder where shop_id = $1 and name = $2`)
	insertReady      = store.SQL(`
		insert into saved_answer (shop_id, folder_id, title, shortcut, actions, words, ready, created_at, updated_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $8) returning id`)
)

// Seed gives a new shop the ready answers, in French and English, with titles,
// folders and shortcuts in its own language. A shop that was given them keeps
// what became of them: a second call changes nothing. It writes no event; who
// makes the shop does.
func Seed(tx *store.Tx, shop id.Shop, language string, at time.Time) error {
	if err := seed(tx, shop, language, at); err != nil {
		return fmt.Errorf("saved answers of a new shop: %w", err)
	}
	return nil
}

func seed(tx *store.Tx, shop id.Shop, language string, at time.Time) error {
	if _, err := store.One[id.Shop](tx, lockShop, shop); err != nil { // a twin waits, and finds them
		return err
	}
	n, err := store.One[int](tx, selectSeeded, shop)
	if err != nil || n > 0 {
		return err
	}
	list, byKey, err := readyBoth(language)
	if err != nil {
		return err
	}
	folders := map[string]id.SavedAnswerFolder{}
	for _, s := range shelves {
		if folders[s.key], err = folderOf(tx, shop, s.name(language)); err != nil {
			return err
		}
	}
	for _, a := range list {
		in := Input{Title: a.Title, Shortcut: a.Shortcut, Bodies: byKey[a.Key], Actions: a.Actions}
		if in, err = in.checked(); err != nil {
			return err
		}
		made, err := store.One[id.SavedAnswer](tx, insertReady, shop, folders[a.Folder], in.Title, in.Shortcut,
			actionsJSON(in.Actions), in.words(), a.Key, at)
		if err != nil {
			return err
		}
		if err := writeBodies(tx, made, in.Bodies); err != nil {
			return err
		}
	}
	return nil
}

// readyBoth are the ready answers in the shop's language, and their texts in
// both.
func readyBoth(language string) ([]ReadyAnswer, map[string]map[string]string, error) {
	var own []ReadyAnswer
	bodies := map[string]map[string]string{}
	for _, l := range languages {
		list, err := Ready(l)
		if err != nil {
			return nil, nil, err
		}
		for _, a := range list {
			if bodies[a.Key] == nil {
				bodies[a.Key] = map[string]string{}
			}
			bodies[a.Key][l] = a.HTML
		}
		if l == language || own == nil && l == "fr" {
			own = list
		}
	}
	return own, bodies, nil
}

func folderOf(tx *store.Tx, shop id.Shop, name string) (id.SavedAnswerFolder, error) {
	found, there, err := store.Maybe[id.SavedAnswerFolder](tx, findFolder, shop, name)
	if err != nil || there {
		return found, err
	}
	position, err := store.One[int](tx, selectFolderNext, shop)
	if err != nil {
		return 0, err
	}
	return store.One[id.SavedAnswerFolder](tx, insertFolder, shop, name, position)
}
