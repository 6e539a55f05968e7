package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/knowledge"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// SavedAnswer is one line of the list behind the slash.
type SavedAnswer struct {
	ID              id.SavedAnswer        `json:"id"`
	Folder          *id.SavedAnswerFolder `json:"folder" nullable:"true"`
	Title           string                `json:"title"`
	Shortcut        string                `json:"shortcut" doc:"The word behind the slash, or empty"`
	Languages       []string              `json:"languages" nullable:"false"`
	MissingLanguage string                `json:"missing_language" doc:"The language asked for, where the answer has no text in it"`
	Preview         string                `json:"preview" doc:"The beginning of the text in the language asked for, else of the one there is"`
	Owner           *id.Person            `json:"owner" nullable:"true" doc:"Who keeps it current"`
	Personal        bool                  `json:"personal" doc:"The owner's own: nobody else sees it"`
	ReviewOn        string                `json:"review_on" doc:"YYYY-MM-DD, or empty"`
	ReviewDue       bool                  `json:"review_due"`
	Uses            int64                 `json:"uses"`
	UsedAt          *time.Time            `json:"used_at" nullable:"true"`
	Archived        bool                  `json:"archived"`
	Actions         []knowledge.Action    `json:"actions" nullable:"false"`
	Revision        int64                 `json:"revision"`
	MayEdit         bool                  `json:"may_edit"`
}

// SavedAnswerBodies are the texts, HTML as the composer writes it; empty where
// there is none.
type SavedAnswerBodies struct {
	FR string `json:"fr" maxLength:"60000" required:"false"`
	EN string `json:"en" maxLength:"60000" required:"false"`
}

// SavedAnswerWhole is an answer with its texts, to be changed.
type SavedAnswerWhole struct {
	SavedAnswer

	Bodies SavedAnswerBodies `json:"bodies"`
}

// SavedAnswerFolder holds saved answers.
type SavedAnswerFolder struct {
	ID      id.SavedAnswerFolder `json:"id"`
	Name    string               `json:"name"`
	Answers int                  `json:"answers"`
}

// SavedAnswerPath names a saved answer.
type SavedAnswerPath struct {
	ID int64 `path:"id"`
}

func (in SavedAnswerPath) id() id.SavedAnswer { return id.SavedAnswer(in.ID) }

type savedAnswersIn struct {
	Lang     string `query:"lang" enum:"fr,en" doc:"Of the previews; the shop's by default"`
	Q        string `query:"q" maxLength:"500"`
	Folder   int64  `query:"folder"`
	Archived bool   `query:"archived" doc:"Those put away, in place of those in use"`
}

type savedAnswersOut struct {
	Body struct {
		Answers []SavedAnswer       `json:"answers" nullable:"false"`
		Folders []SavedAnswerFolder `json:"folders" nullable:"false"`
	}
}

// savedAnswers are all that the person may use, at most 500: the list is small
// enough to be searched as one types.
func (s *Server) savedAnswers(ctx context.Context, in *savedAnswersIn) (*savedAnswersOut, error) {
	by := actor(ctx)
	out := &savedAnswersOut{}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		list, err := s.Answers.List(tx, by, knowledge.Search{Query: in.Q, Folder: id.SavedAnswerFolder(in.Folder), Archived: in.Archived})
		if err != nil {
			return err
		}
		folders, err := s.Answers.Folders(tx, by)
		if err != nil {
			return err
		}
		shown, err := s.shownAnswers(tx, by, in.Lang)
		if err != nil {
			return err
		}
		out.Body.Answers = make([]SavedAnswer, 0, len(list))
		for _, a := range list {
			out.Body.Answers = append(out.Body.Answers, shown(a))
		}
		out.Body.Folders = make([]SavedAnswerFolder, 0, len(folders))
		for _, f := range folders {
			out.Body.Folders = append(out.Body.Folders, SavedAnswerFolder{ID: f.ID, Name: f.Name, Answers: f.Answers})
		}
		return nil
	})
	return out, err
}

// shownAnswers says how answers are shown to the actor, today and in a language.
func (s *Server) shownAnswers(tx *store.Tx, by team.Actor, language string) (func(knowledge.Answer) SavedAnswer, error) {
	sh, err := s.Shops.Get(tx, by.Shop)
	if err != nil {
		return nil, err
	}
	zone, err := s.Shops.Location(tx, by.Shop)
	if err != nil {
		return nil, err
	}
	if language == "" {
		language = sh.Language
	}
	today := calendar.DateOf(s.Clock.Now().In(zone)).String()
	return func(a knowledge.Answer) SavedAnswer {
		out := SavedAnswer{
			ID: a.ID, Folder: unlessNone(a.Folder), Title: a.Title, Shortcut: a.Shortcut, Languages: a.Languages(), Preview: a.Preview(language),
			Owner: unlessNone(a.Owner), Personal: a.Personal, ReviewOn: a.ReviewOn, ReviewDue: a.ReviewOn != "" && a.ReviewOn <= today,
			Uses: a.Uses, Archived: a.Archived(), Actions: a.Actions, Revision: a.Revision, MayEdit: a.Personal || by.Can(team.SavedAnswers),
		}
		if !a.UsedAt.IsZero() {
			out.UsedAt = &a.UsedAt
		}
		if a.Bodies[language] == "" {
			out.MissingLanguage = language
			for _, l := range out.Languages {
				out.Preview = a.Preview(l)
			}
		}
		return out
	}, nil
}

func unlessNone[T any](row id.ID[T]) *id.ID[T] {
	if row == 0 {
		return nil
	}
	return &row
}

type savedAnswerOut struct{ Body SavedAnswerWhole }

func (s *Server) savedAnswer(ctx context.Context, in *SavedAnswerPath) (*savedAnswerOut, error) {
	return s.wholeAnswer(ctx, in.id())
}

func (s *Server) wholeAnswer(ctx context.Context, answer id.SavedAnswer) (*savedAnswerOut, error) {
	by := actor(ctx)
	out := &savedAnswerOut{}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		a, err := s.Answers.Get(tx, by, answer)
		if err != nil {
			return err
		}
		shown, err := s.shownAnswers(tx, by, "")
		if err != nil {
			return err
		}
		out.Body = SavedAnswerWhole{SavedAnswer: shown(a), Bodies: SavedAnswerBodies{FR: a.Bodies["fr"], EN: a.Bodies["en"]}}
		return nil
	})
	return out, err
}

// SavedAnswerInput is what a person writes of an answer.
type SavedAnswerInput struct {
	Folder   *id.SavedAnswerFolder `json:"folder" nullable:"true" required:"false"`
	Title    string                `json:"title" maxLength:"500"`
	Shortcut string                `json:"shortcut" maxLength:"100" required:"false"`
	Owner    *id.Person            `json:"owner" nullable:"true" required:"false"`
	Personal bool                  `json:"personal" required:"false"`
	ReviewOn string                `json:"review_on" maxLength:"10" required:"false" doc:"YYYY-MM-DD, or empty"`
	Bodies   SavedAnswerBodies     `json:"bodies"`
	Actions  []knowledge.Action    `json:"actions,omitempty" maxItems:"20"`
}

func (in SavedAnswerInput) input() knowledge.Input {
	return knowledge.Input{
		Folder: given(in.Folder), Title: in.Title, Shortcut: in.Shortcut, Owner: given(in.Owner), Personal: in.Personal, ReviewOn: in.ReviewOn,
		Bodies: map[string]string{"fr": in.Bodies.FR, "en": in.Bodies.EN}, Actions: in.Actions,
	}
}

type addSavedAnswerIn struct{ Body SavedAnswerInput }

func (s *Server) addSavedAnswer(ctx context.Context, in *addSavedAnswerIn) (*savedAnswerOut, error) {
	var made id.SavedAnswer
	err := s.DB.InTx(ctx, func(tx *store.Tx) (err error) {
		made, err = s.Answers.Create(tx, actor(ctx), in.Body.input())
		return err
	})
	if err != nil {
		return nil, err
	}
	return s.wholeAnswer(ctx, made)
}

type saveSavedAnswerIn struct {
	SavedAnswerPath

	Body struct {
		SavedAnswerInput

		Revision int64 `json:"revision" doc:"That the answer had when it was read"`
	}
}

func (s *Server) saveSavedAnswer(ctx context.Context, in *saveSavedAnswerIn) (*savedAnswerOut, error) {
	err := s.DB.InTx(ctx, func(tx *store.Tx) error {
		return s.Answers.Save(tx, actor(ctx), in.id(), in.Body.Revision, in.Body.input())
	})
	if err != nil && !fault.Is(err, "stale") {
		return nil, err
	}
	now, e := s.wholeAnswer(ctx, in.id())
	if e != nil {
		return nil, e
	}
	var f *fault.Fault
	if errors.As(err, &f) {
		return nil, &Problem{
			Type: "about:blank", Title: "Conflict", Status: http.StatusConflict, Code: f.Code, Detail: f.Detail, Current: now.Body,
		}
	}
	return now, nil
}

type archivedOut struct {
	Body struct {
		Undo Undo `json:"undo"`
	}
}

func (s *Server) archiveSavedAnswer(ctx context.Context, in *SavedAnswerPath) (*archivedOut, error) {
	err := s.DB.InTx(ctx, func(tx *store.Tx) error { return s.Answers.Archive(tx, actor(ctx), in.id()) })
	if err != nil {
		return nil, err
	}
	out := &archivedOut{}
	out.Body.Undo = Undo{Method: "POST", Path: base + "/saved-answers/" + in.id().String() + "/restore"}
	return out, nil
}

func (s *Server) restoreSavedAnswer(ctx context.Context, in *SavedAnswerPath) (*savedAnswerOut, error) {
	if err := s.DB.InTx(ctx, func(tx *store.Tx) error { return s.Answers.Restore(tx, actor(ctx), in.id()) }); err != nil {
		return nil, err
	}
	return s.wholeAnswer(ctx, in.id())
}

func (s *Server) useSavedAnswer(ctx context.Context, in *SavedAnswerPath) (*struct{}, error) {
	return nil, s.DB.InTx(ctx, func(tx *store.Tx) error { return s.Answers.Used(tx, actor(ctx), in.id()) })
}

type renderedIn struct {
	SavedAnswerPath

	Conversation int64  `query:"conversation" doc:"Without one, nothing is known of a customer"`
	Lang         string `query:"lang" enum:"fr,en" doc:"The conversation's by default, else the shop's"`
}

// RenderedAnswer is an answer as it is put into a draft.
type RenderedAnswer struct {
	Language        string             `json:"language" enum:"fr,en"`
	MissingLanguage string             `json:"missing_language" doc:"The language, when the answer has no text in it: html is empty then"`
	Languages       []string           `json:"languages" nullable:"false"`
	HTML            string             `json:"html"`
	Holes           []string           `json:"holes" nullable:"false" doc:"Variables without a value, which stand in html as they are"`
	Actions         []knowledge.Action `json:"actions" nullable:"false"`
}

type renderedOut struct{ Body RenderedAnswer }

func (s *Server) renderedAnswer(ctx context.Context, in *renderedIn) (*renderedOut, error) {
	by := actor(ctx)
	out := &renderedOut{}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		about, err := reply.About(tx, by, id.Conversation(in.Conversation))
		if err != nil {
			return err
		}
		r, err := s.Answers.Render(tx, by, in.id(), in.Lang, about)
		out.Body = RenderedAnswer{
			Language: r.Language, MissingLanguage: r.Missing, Languages: r.Languages, HTML: r.HTML, Holes: r.Holes, Actions: r.Actions,
		}
		return err
	})
	return out, err
}

type factsIn struct {
	Conversation int64  `query:"conversation"`
	Lang         string `query:"lang" enum:"fr,en" doc:"The conversation's by default, else the shop's"`
}

// KnownFact is a variable with what it says now.
type KnownFact struct {
	Name string `json:"name" doc:"Such as customer.first_name"`
	Text string `json:"text" doc:"Empty when nothing is known"`
}

type factsOut struct {
	Body struct {
		Facts []KnownFact `json:"facts" nullable:"false"`
	}
}

// facts are what can be inserted without a saved answer.
func (s *Server) facts(ctx context.Context, in *factsIn) (*factsOut, error) {
	by := actor(ctx)
	out := &factsOut{}
	out.Body.Facts = []KnownFact{}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		about, err := reply.About(tx, by, id.Conversation(in.Conversation))
		if err != nil {
			return err
		}
		list, err := s.Answers.Facts(tx, by, in.Lang, about)
		for _, f := range list {
			out.Body.Facts = append(out.Body.Facts, KnownFact(f))
		}
		return err
	})
	return out, err
}

type sampleIn struct {
	Body struct {
		HTML string `json:"html" maxLength:"60000"`
		Lang string `json:"lang" enum:"fr,en"`
	}
}

// sampleAnswer shows a text with a made-up customer, for who writes it. It is a
// POST for the body's sake and changes nothing.
func (s *Server) sampleAnswer(ctx context.Context, in *sampleIn) (*renderedOut, error) {
	out := &renderedOut{}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		r, err := s.Answers.Sample(tx, actor(ctx), in.Body.Lang, in.Body.HTML)
		out.Body = RenderedAnswer{
			Language: r.Language, Languages: []string{r.Language}, HTML: r.HTML, Holes: r.Holes, Actions: []knowledge.Action{},
		}
		return err
	})
	return out, err
}
