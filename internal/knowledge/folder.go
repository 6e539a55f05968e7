package knowledge

import (
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Folder holds saved answers.
type Folder struct {
	ID       id.SavedAnswerFolder `db:"id"`
	Name     string               `db:"name"`
	Position int                  `db:"position"`
	Answers  int                  `db:"answers"` // that are not archived and shared, or the reader's own
}

const (
	maxFolders    = 50
	maxFolderName = 60
)

var (
	selectFolders = store.SQL(`
		select f.id, f.name, f.position, (select count(*) from saved_answer a
			where a.folder_id = f.id and a.archived_at is null and (a.personal = false or a.owner_id = $2)) as answers
		from saved_answer_folder f where f.shop_id = $1 order by f.position, f.id`)
	selectFolderIDs    = store.SQL(`select id from saved_answer_folder where shop_id = $1 order by position, id {for update}`)
	selectFolderLocked = store.SQL(`select id from saved_answer_folder where id = $1 and shop_id = $2 {for update}`)
	insertFolder       = store.SQL(`insert into saved_answer_folder (shop_id, name, position) values ($1, $2, $3) returning id`)
	renameFolder       = store.SQL(`update saved_answer_folder set name = $3 where id = $1 and shop_id = $2`)
	moveFolder         = store.SQL(`update saved_answer_folder set position = $3 where id = $1 and shop_id = $2`)
	countInFolder      = store.SQL(`select count(*) from saved_answer where folder_id = $1 and archived_at is null`)
	emptyFolder        = store.SQL(`update saved_answer set folder_id = null where folder_id = $1`)
	deleteFolder       = store.SQL(`delete from saved_answer_folder where id = $1 and shop_id = $2`)
)

// Folders reads a shop's folders in their order.
func (s *Service) Folders(tx *store.Tx, by team.Actor) ([]Folder, error) {
	return store.All[Folder](tx, selectFolders, by.Shop, by.Person)
}

// CreateFolder adds a folder at the end.
func (s *Service) CreateFolder(tx *store.Tx, by team.Actor, name string) (id.SavedAnswerFolder, error) {
	name, err := s.folderName(by, name)
	if err != nil {
		return 0, err
	}
	there, err := store.All[id.SavedAnswerFolder](tx, selectFolderIDs, by.Shop)
	if err != nil {
		return 0, err
	}
	if len(there) >= maxFolders {
		return 0, fault.New(fault.Conflict, "full", "There are 50 folders already.")
	}
	made, err := store.One[id.SavedAnswerFolder](tx, insertFolder, by.Shop, name, len(there))
	if err != nil {
		return 0, sameName(err)
	}
	return made, s.changed(tx, by, "folder_created", 0)
}

// RenameFolder gives a folder another name.
func (s *Service) RenameFolder(tx *store.Tx, by team.Actor, folder id.SavedAnswerFolder, name string) error {
	name, err := s.folderName(by, name)
	if err != nil {
		return err
	}
	n, err := store.Exec(tx, renameFolder, folder, by.Shop, name)
	if err != nil {
		return sameName(err)
	}
	if n == 0 {
		return fault.Missing("folder")
	}
	return s.changed(tx, by, "folder_renamed", 0)
}

// DeleteFolder deletes a folder in which nothing is in use; what was archived
// in it is in no folder afterwards.
func (s *Service) DeleteFolder(tx *store.Tx, by team.Actor, folder id.SavedAnswerFolder) error {
	if err := by.Need(team.SavedAnswers); err != nil {
		return err
	}
	_, found, err := store.Maybe[id.SavedAnswerFolder](tx, selectFolderLocked, folder, by.Shop)
	if err != nil {
		return err
	}
	if !found {
		return fault.Missing("folder")
	}
	n, err := store.One[int](tx, countInFolder, folder)
	if err != nil {
		return err
	}
	if n > 0 { // somebody's own answers count too, though nobody else sees them
		return fault.New(fault.Conflict, "not_empty", "There are still answers in this folder.")
	}
	if _, err := store.Exec(tx, emptyFolder, folder); err != nil {
		return err
	}
	if _, err := store.Exec(tx, deleteFolder, folder, by.Shop); err != nil {
		return err
	}
	return s.changed(tx, by, "folder_deleted", 0)
}

// OrderFolders puts the folders in the order of the list. Folders that it
// doesn't name, made by somebody else meanwhile, come behind.
func (s *Service) OrderFolders(tx *store.Tx, by team.Actor, order []id.SavedAnswerFolder) error {
	if err := by.Need(team.SavedAnswers); err != nil {
		return err
	}
	there, err := store.All[id.SavedAnswerFolder](tx, selectFolderIDs, by.Shop)
	if err != nil {
		return err
	}
	seen := map[id.SavedAnswerFolder]bool{}
	for _, f := range order {
		if !slices.Contains(there, f) || seen[f] {
			return fault.Wrong("folders", "Each folder of the shop stands in the list once.")
		}
		seen[f] = true
	}
	for _, f := range there {
		if !seen[f] {
			order = append(order, f)
		}
	}
	for i, f := range order {
		if _, err := store.Exec(tx, moveFolder, f, by.Shop, i); err != nil {
			return err
		}
	}
	return s.changed(tx, by, "folders_ordered", 0)
}

func (s *Service) folderName(by team.Actor, name string) (string, error) {
	if err := by.Need(team.SavedAnswers); err != nil {
		return "", err
	}
	name = strings.Join(strings.Fields(name), " ")
	if name == "" || utf8.RuneCountInString(name) > maxFolderName || strings.ContainsFunc(name, unicode.IsControl) {
		return "", fault.Wrong("name", "A folder's name has 1 to 60 characters on one line.")
	}
	return name, nil
}

func sameName(err error) error {
	if errors.Is(err, store.ErrDuplicate) {
		return fault.Wrong("name", "There is a folder of this name already.")
	}
	return err
}
