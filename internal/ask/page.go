package ask

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/failpoint"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Page is what the asked see: what the asker chose to show, and what they said
// themselves. Nothing else of the conversation is in it.
type Page struct {
	Name     string // theirs
	Shop     string
	Asker    string
	Language string
	Question string
	Quoted   string
	Product  string
	Files    []desk.Attachment
	DueAt    time.Time // in the shop's zone
	Open     bool      // it still takes answers
	Answers  []Given
}

// Given is an answer that they gave.
type Given struct {
	At    time.Time
	Text  string
	Files []desk.Attachment
}

// Limits of an answer on the page.
const (
	MaxAnswer = 20_000 // code points
	MaxFiles  = 10
	MaxFile   = 25 << 20 // bytes
	MaxUpload = 50 << 20 // all of them
)

var selectGiven = store.SQL(`
	select ` + desk.MessageColumns + ` from message where id in (select message_id from ask_answer where ask_id = $1) order by id limit 50`)

// errNoLink is said of a link that never was, and of one that ended.
var errNoLink = fault.Missing("link")

func (s *Service) byToken(tx *store.Tx, token string) (a Ask, p promise.Promise, err error) {
	if len(token) != 43 { // of 32 bytes
		return a, p, errNoLink
	}
	a, found, err := store.Maybe[Ask](tx, selectByToken, digest(token))
	if err == nil && !found {
		err = errNoLink
	}
	if err != nil {
		return a, p, err
	}
	p, err = promise.Read(tx, a.Promise)
	return a, p, err
}

// Look reads what a link shows. It changes nothing (I7). NotFound faults: no
// such link, or it ended.
func (s *Service) Look(ctx context.Context, token string) (out Page, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		a, p, err := s.byToken(tx, token)
		if err != nil {
			return err
		}
		if !opened(p, s.Clock.Now()) {
			return errNoLink
		}
		out = Page{Name: a.Name, Language: a.Language, Product: a.Product, Open: true}
		return s.fill(tx, a, p, &out)
	})
	return out, err
}

func (s *Service) fill(tx *store.Tx, a Ask, p promise.Promise, out *Page) error {
	note, err := desk.GetMessage(tx, a.Message)
	if err != nil {
		return err
	}
	sh, err := s.Shops.Get(tx, a.Shop)
	if err != nil {
		return err
	}
	zone, err := s.Shops.Location(tx, a.Shop)
	if err != nil {
		return err
	}
	who, err := s.Reply.Team.Member(tx, a.Shop, a.Person)
	if err != nil && fault.KindOf(err) != fault.NotFound { // who has left stays unnamed
		return err
	}
	out.Shop, out.Asker, out.Question, out.Quoted, out.DueAt = sh.Name, who.SignedName(), note.Body, note.Quote, p.DueAt.In(zone)
	if out.Files, err = desk.AttachmentsOf(tx, a.Message); err != nil {
		return err
	}
	given, err := store.All[desk.Message](tx, selectGiven, a.ID)
	if err != nil {
		return err
	}
	for _, m := range given {
		files, err := desk.AttachmentsOf(tx, m.ID)
		if err != nil {
			return err
		}
		out.Answers = append(out.Answers, Given{At: m.ArrivedAt.In(zone), Text: m.Body, Files: files})
	}
	return nil
}

// File finds a file that the asker shows behind a link. NotFound faults.
func (s *Service) File(ctx context.Context, token string, file id.Attachment) (out desk.Attachment, err error) {
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		a, p, err := s.byToken(tx, token)
		if err != nil {
			return err
		}
		out, err = desk.GetAttachment(tx, file)
		if errors.Is(err, store.ErrNone) || err == nil && (out.Message != a.Message || !opened(p, s.Clock.Now())) {
			return fault.Missing("file")
		}
		return err
	})
	return out, err
}

// Upload is a file that came with an answer.
type Upload struct {
	Name, Type string
	Content    []byte
}

// Answer takes an answer given on the page. key is the form's own: sent twice it
// is one note. The files' bytes are stored before the row that names them (I1).
// NotFound faults: the link; Invalid faults: text, files.
func (s *Service) Answer(ctx context.Context, token, key, text string, files []Upload) error {
	text = clean(text)
	switch {
	case text == "" && len(files) == 0:
		return fault.Wrong("text", "The answer is empty.")
	case utf8.RuneCountInString(text) > MaxAnswer:
		return fault.Wrong("text", "The answer is too long.")
	case len(files) > MaxFiles:
		return fault.Wrong("files", "There are too many files.")
	}
	kept, err := s.keepFiles(ctx, files)
	if err != nil {
		return err
	}
	failpoint.Hit("ask.files_stored")
	err = s.DB.InTx(ctx, func(tx *store.Tx) error {
		a, p, err := s.byToken(tx, token)
		if err != nil {
			return err
		}
		if !opened(p, s.Clock.Now()) {
			return errNoLink
		}
		_, _, err = s.take(tx, a, given{
			key: "page:" + key, name: a.Name, address: a.Address, text: text, files: kept, at: s.Clock.Now(),
		})
		return err
	})
	failpoint.Hit("ask.answered")
	if errors.Is(err, store.ErrDuplicate) { // the other press won
		return nil
	}
	if err != nil && fault.KindOf(err) == fault.Internal {
		return fmt.Errorf("answer of a question: %w", err)
	}
	return err
}

// clean takes out what no store keeps.
func clean(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", ""))
}

func (s *Service) keepFiles(ctx context.Context, files []Upload) ([]desk.File, error) {
	if len(files) == 0 {
		return nil, nil
	}
	contents := make([][]byte, len(files))
	for i, f := range files {
		contents[i] = f.Content
	}
	hashes, err := s.Blobs.Put(ctx, contents...)
	if err != nil {
		return nil, fmt.Errorf("store files of an answer: %w", err)
	}
	out := make([]desk.File, len(files))
	for i, f := range files {
		out[i] = desk.File{Name: mime.SafeName(f.Name, f.Type), Type: f.Type, Size: int64(len(f.Content)), Blob: hashes[i]}
	}
	return out, nil
}
