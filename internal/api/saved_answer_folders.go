package api

import (
	"context"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

type foldersOut struct {
	Body struct {
		Folders []SavedAnswerFolder `json:"folders" nullable:"false"`
	}
}

// savedFolders reads the folders after a change, which each of these operations
// answers with.
func (s *Server) savedFolders(ctx context.Context) (*foldersOut, error) {
	out := &foldersOut{}
	out.Body.Folders = []SavedAnswerFolder{}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		list, err := s.Answers.Folders(tx, actor(ctx))
		for _, f := range list {
			out.Body.Folders = append(out.Body.Folders, SavedAnswerFolder{ID: f.ID, Name: f.Name, Answers: f.Answers})
		}
		return err
	})
	return out, err
}

func (s *Server) changeFolders(ctx context.Context, change func(tx *store.Tx) error) (*foldersOut, error) {
	if err := s.DB.InTx(ctx, change); err != nil {
		return nil, err
	}
	return s.savedFolders(ctx)
}

// FolderName is what a folder is called.
type FolderName struct {
	Name string `json:"name" maxLength:"500"`
}

type addFolderIn struct{ Body FolderName }

func (s *Server) addFolder(ctx context.Context, in *addFolderIn) (*foldersOut, error) {
	return s.changeFolders(ctx, func(tx *store.Tx) error {
		_, err := s.Answers.CreateFolder(tx, actor(ctx), in.Body.Name)
		return err
	})
}

// FolderPath names a folder of saved answers.
type FolderPath struct {
	ID int64 `path:"id"`
}

type renameFolderIn struct {
	FolderPath

	Body FolderName
}

func (s *Server) renameFolder(ctx context.Context, in *renameFolderIn) (*foldersOut, error) {
	return s.changeFolders(ctx, func(tx *store.Tx) error {
		return s.Answers.RenameFolder(tx, actor(ctx), id.SavedAnswerFolder(in.ID), in.Body.Name)
	})
}

func (s *Server) deleteFolder(ctx context.Context, in *FolderPath) (*foldersOut, error) {
	return s.changeFolders(ctx, func(tx *store.Tx) error {
		return s.Answers.DeleteFolder(tx, actor(ctx), id.SavedAnswerFolder(in.ID))
	})
}

type orderFoldersIn struct {
	Body struct {
		Folders []id.SavedAnswerFolder `json:"folders" nullable:"false" maxItems:"100" doc:"In the order wanted; those not named come behind"`
	}
}

func (s *Server) orderFolders(ctx context.Context, in *orderFoldersIn) (*foldersOut, error) {
	return s.changeFolders(ctx, func(tx *store.Tx) error { return s.Answers.OrderFolders(tx, actor(ctx), in.Body.Folders) })
}
