package api

import (
	_ "embed"
	"html/template"
	"net/http"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/team"
)

//go:embed unsubscribe.html
var unsubscribePage string

var unsubscribeTemplate = template.Must(template.New("unsubscribe").Parse(unsubscribePage))

// unsubscribeWords are the page's, in a language.
type unsubscribeWords struct {
	Lang, Title, Words, Button string
	Done                       bool
}

var (
	askWords = map[string]unsubscribeWords{
		"fr": {Lang: "fr", Title: "Ne plus recevoir le mail du matin ?", Words: "Vos rappels et la liste des demandes restent comme ils sont. Vous pourrez le demander à nouveau dans vos réglages.", Button: "Ne plus le recevoir"},
		"en": {Lang: "en", Title: "Stop the morning mail?", Words: "Your reminders and the list of requests stay as they are. You can ask for it again in your settings.", Button: "Stop it"},
	}
	doneWords = map[string]unsubscribeWords{
		"fr": {Lang: "fr", Title: "C’est fait", Words: "Vous ne recevrez plus le mail du matin. Vous pouvez le demander à nouveau dans vos réglages.", Done: true},
		"en": {Lang: "en", Title: "Done", Words: "You will get the morning mail no more. You can ask for it again in your settings.", Done: true},
	}
	unknownWords = unsubscribeWords{
		Lang: "fr", Title: "Ce lien n’est plus valable",
		Words: "Ouvrez vos réglages pour choisir ce que vous recevez. · This link is not valid any more; open your settings.", Done: true,
	}
)

// askUnsubscribe shows the question: robots that follow links change nothing
// (I7).
func (s *Server) askUnsubscribe(w http.ResponseWriter, r *http.Request) error {
	m, _, err := s.Notify.Unsubscriber(r.Context(), r.PathValue("token"))
	return showUnsubscribe(w, m, askWords, err)
}

// unsubscribe is the page's own button and a mail program's one click alike (RFC
// 8058, 3.2): who has the link may, without signing in.
func (s *Server) unsubscribe(w http.ResponseWriter, r *http.Request) error {
	m, _, err := s.Notify.Unsubscriber(r.Context(), r.PathValue("token"))
	if err == nil {
		err = s.Notify.Unsubscribe(r.Context(), r.PathValue("token"))
	}
	return showUnsubscribe(w, m, doneWords, err)
}

func showUnsubscribe(w http.ResponseWriter, m team.Member, words map[string]unsubscribeWords, err error) error {
	shown, status := words["fr"], http.StatusOK
	switch {
	case fault.KindOf(err) == fault.NotFound:
		shown, status = unknownWords, http.StatusNotFound
	case err != nil:
		return err
	case m.Language == "en":
		shown = words["en"]
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
	h.Set("Referrer-Policy", "same-origin") // the address is the right to use it
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	return unsubscribeTemplate.Execute(w, shown)
}
