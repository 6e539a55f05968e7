package site

import (
	"context"
	"embed"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"github.com/comptoir-desk/comptoir/internal/ask"
	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
)

// Asks is what the answering page asks of package ask.
type Asks interface {
	Look(ctx context.Context, token string) (ask.Page, error)
	File(ctx context.Context, token string, file id.Attachment) (desk.Attachment, error)
	Answer(ctx context.Context, token, key, text string, files []ask.Upload) error
}

// Parts are what the pages speak to.
type Parts struct {
	Asks  Asks
	Blobs blob.Store
	Clock clock.Clock
	Log   *slog.Logger
	MAC   func(message []byte, context string) []byte // of package secret
	// Remote is the address that a request comes from, as the trusted proxies say.
	Remote func(*http.Request) string
}

// Paths are the beginnings of the addresses that this package answers.
var Paths = []string{"/ask/", "/site/"}

//go:embed page.html
var pageText string

//go:embed page.css
var pageFiles embed.FS

type server struct {
	Parts
	looks, posts *limits
	page         *template.Template
	uploads      chan struct{}
}

// atOnce bounds how many answers with files are read at the same time: each may
// hold ask.MaxUpload in memory.
const atOnce = 4

// New makes the handler of Paths.
func New(p Parts) http.Handler {
	s := &server{
		Parts: p, page: template.Must(template.New("page").Parse(pageText)),
		looks: newLimits(p.Clock, 120), posts: newLimits(p.Clock, 20), uploads: make(chan struct{}, atOnce),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ask/{token}", s.limited(s.looks, s.look))
	mux.HandleFunc("GET /ask/{token}/files/{file}", s.limited(s.looks, s.file))
	mux.HandleFunc("POST /ask/{token}", s.limited(s.posts, s.answer))
	mux.HandleFunc("GET /site/page.css", s.style)
	guarded := http.NewCrossOriginProtection()
	guarded.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.sorry(w, r, http.StatusForbidden) }))
	return sealed(guarded.Handler(mux))
}

// policy lets a page load its own style and pictures and send its own form, and
// nothing else.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func sealed(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Content-Security-Policy", policy)
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("X-Robots-Tag", "noindex")
		head.Set("Referrer-Policy", "no-referrer")
		head.Set("Cache-Control", "no-store")
		h.ServeHTTP(w, r)
	})
}

func (s *server) limited(l *limits, h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !l.allow(s.Remote(r)) {
			w.Header().Set("Retry-After", "60")
			s.sorry(w, r, http.StatusTooManyRequests)
			return
		}
		h(w, r)
	}
}

func (s *server) style(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "public, max-age=3600")
	http.ServeFileFS(w, r, pageFiles, "page.css")
}

// failed answers what went wrong, and logs it without the link.
func (s *server) failed(w http.ResponseWriter, r *http.Request, err error) {
	switch fault.KindOf(err) {
	case fault.NotFound:
		s.sorry(w, r, http.StatusNotFound)
	case fault.Unavailable:
		s.sorry(w, r, http.StatusServiceUnavailable)
	default:
		s.Log.Error("public page", "error", err)
		s.sorry(w, r, http.StatusInternalServerError)
	}
}

// readFor bounds how long a slow phone may take to send its pictures.
const readFor = 5 * time.Minute
