package site

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/ask"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/lang"
)

// shown is what the template draws.
type shown struct {
	Words    words
	Language string
	Title    string
	Page     *ask.Page
	Due      string
	Files    []shownFile
	Answers  []shownAnswer
	Text     string // what was typed, when it has to be sent again
	Problem  string
	Seal     string
	Path     string
	Done     bool
	Sorry    string
}

type shownFile struct {
	Name, Size, Link string
	Picture          bool
}

type shownAnswer struct {
	At, Text string
	Files    []string
}

func (s *server) look(w http.ResponseWriter, r *http.Request) {
	token := r.PathValue("token")
	page, err := s.Asks.Look(r.Context(), token)
	if err != nil {
		s.failed(w, r, err)
		return
	}
	s.draw(w, http.StatusOK, s.shownOf(token, &page))
}

func (s *server) shownOf(token string, p *ask.Page) shown {
	out := shown{
		Words: wordsOf[p.Language], Language: p.Language, Page: p, Due: lang.SpokenDate(p.DueAt, p.Language), Seal: s.seal(token),
		Path: "/ask/" + token, Done: len(p.Answers) > 0,
	}
	out.Title = out.Words.Title + " · " + p.Shop
	for _, f := range p.Files {
		out.Files = append(out.Files, shownFile{
			Name: f.Name, Size: sizeOf(f.Size, p.Language), Link: out.Path + "/files/" + f.ID.String(), Picture: slices.Contains(pictures, f.Type),
		})
	}
	for _, a := range p.Answers {
		shown := shownAnswer{At: lang.SpokenDate(a.At, p.Language), Text: a.Text}
		for _, f := range a.Files {
			shown.Files = append(shown.Files, f.Name)
		}
		out.Answers = append(out.Answers, shown)
	}
	return out
}

// answer takes what was written, and sends the browser back to the page: a
// reload then asks again instead of sending again (RFC 9110, 15.4.4).
func (s *server) answer(w http.ResponseWriter, r *http.Request) {
	token := r.PathValue("token")
	page, err := s.Asks.Look(r.Context(), token)
	if err != nil {
		s.failed(w, r, err)
		return
	}
	select {
	case s.uploads <- struct{}{}:
		defer func() { <-s.uploads }()
	case <-r.Context().Done():
		return
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(readFor)) //nolint:forbidigo // a network deadline
	form, err := readForm(w, r)
	key, ours := s.unseal(token, form.seal)
	if err == nil && !ours {
		err = fault.New(fault.Invalid, "form", "This page was open for too long.")
	}
	if err == nil {
		err = s.Asks.Answer(r.Context(), token, key, form.text, form.files)
	}
	switch {
	case err == nil:
		http.Redirect(w, r, "/ask/"+token, http.StatusSeeOther)
	case fault.KindOf(err) == fault.Invalid:
		again := s.shownOf(token, &page)
		again.Text, again.Problem, again.Done = form.text, again.Words.problem(err), false
		s.draw(w, http.StatusUnprocessableEntity, again)
	default:
		s.failed(w, r, err)
	}
}

func (s *server) draw(w http.ResponseWriter, status int, page shown) {
	var b bytes.Buffer
	if err := s.page.Execute(&b, page); err != nil {
		s.Log.Error("public page", "error", err)
		http.Error(w, "", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}

// sorry says that there is nothing here: in the browser's language, since
// nobody knows who asks.
func (s *server) sorry(w http.ResponseWriter, r *http.Request, status int) {
	language := "fr"
	if strings.HasPrefix(strings.ToLower(r.Header.Get("Accept-Language")), "en") {
		language = "en"
	}
	said := wordsOf[language]
	page := shown{Words: said, Language: language, Title: said.GoneTitle, Sorry: said.Gone}
	switch status {
	case http.StatusTooManyRequests:
		page.Title, page.Sorry = said.LaterTitle, said.Later
	case http.StatusNotFound, http.StatusForbidden:
	default:
		page.Title, page.Sorry = said.LaterTitle, said.Broken
	}
	s.draw(w, status, page)
}

// pictures are the kinds that are drawn on the page.
var pictures = []string{"image/png", "image/jpeg", "image/gif", "image/webp"}

// file hands out what the asker shows: a picture as one when its bytes say so,
// anything else to be saved.
func (s *server) file(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.ParseInt(r.PathValue("file"), 10, 64)
	if err != nil || n <= 0 {
		s.sorry(w, r, http.StatusNotFound)
		return
	}
	found, err := s.Asks.File(r.Context(), r.PathValue("token"), id.Attachment(n))
	if err != nil {
		s.failed(w, r, err)
		return
	}
	if err := s.send(w, r, found); err != nil {
		s.failed(w, r, err)
	}
}

func (s *server) send(w http.ResponseWriter, r *http.Request, a desk.Attachment) error {
	content, err := s.Blobs.Open(r.Context(), a.Blob)
	if err != nil {
		return err
	}
	defer content.Close()
	head := make([]byte, 512)
	n, err := io.ReadFull(content, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return err
	}
	kind := http.DetectContentType(head[:n])
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	if slices.Contains(pictures, kind) {
		h.Set("Content-Type", kind)
	} else {
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": a.Name}))
	}
	h.Set("Content-Length", strconv.FormatInt(a.Size, 10))
	if r.Method == http.MethodHead {
		return nil
	}
	_, _ = w.Write(head[:n])
	_, _ = io.Copy(w, content) // a browser that went away is no fault
	return nil
}

// sizeOf is a file's size as people read it.
func sizeOf(bytes int64, language string) string {
	unit, mega := " ko", " Mo"
	if language == "en" {
		unit, mega = " kB", " MB"
	}
	if bytes < 1_000_000 {
		return strconv.FormatInt(max(1, (bytes+500)/1000), 10) + unit
	}
	size := strconv.FormatFloat(float64(bytes)/1_000_000, 'f', 1, 64)
	if language != "en" {
		size = strings.Replace(size, ".", ",", 1)
	}
	return size + mega
}
