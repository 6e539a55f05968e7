package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"
	"net/http"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// routed answers for paths and methods that nothing serves, as RFC 9457 has it.
func routed(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		asked := &unsaid{header: http.Header{}}
		h.ServeHTTP(asked, r)
		p := &Problem{Type: "about:blank", Title: http.StatusText(http.StatusNotFound), Status: http.StatusNotFound, Code: "not_found", Detail: "not found"}
		if asked.status == http.StatusMethodNotAllowed {
			w.Header().Set("Allow", asked.header.Get("Allow"))
			p = &Problem{
				Type: "about:blank", Title: http.StatusText(asked.status), Status: asked.status, Code: "method_not_allowed",
				Detail: "This address takes other methods.",
			}
		}
		writeProblem(w, p)
	})
}

// unsaid hears what the multiplexer would have said.
type unsaid struct {
	header http.Header
	status int
}

func (u *unsaid) Header() http.Header         { return u.header }
func (u *unsaid) Write(b []byte) (int, error) { return len(b), nil }
func (u *unsaid) WriteHeader(status int)      { u.status = status }

const (
	// IdempotencyHeader names a request, so that sending it again does nothing
	// again (draft-ietf-httpapi-idempotency-key-header).
	IdempotencyHeader = "Idempotency-Key"
	maxRequestName    = 255
	maxNamedBody      = 1 << 20 // as huma reads
)

// once answers a named POST that was answered before with that answer. Files
// are passed over: an upload that nothing names is nobody's.
func (s *Server) once(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		names := r.Header.Values(IdempotencyHeader)
		c := callerOf(r.Context())
		if r.Method != http.MethodPost || len(names) == 0 || (c.key == "" && c.token == "") ||
			strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
			next.ServeHTTP(w, r)
			return
		}
		if err := s.onceNamed(w, r, c, names, next); err != nil {
			p := problemOf(err)
			if p.Status == http.StatusInternalServerError {
				noteCause(r.Context(), err)
			}
			if p.Code == "idempotency_running" {
				p.retryAfter = 1
			}
			writeProblem(w, p)
		}
	})
}

func (s *Server) onceNamed(w http.ResponseWriter, r *http.Request, c *caller, names []string, next http.Handler) error {
	name := names[0]
	odd := strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' })
	if len(names) > 1 || name == "" || len(name) > maxRequestName || odd {
		return wrongAt("header."+IdempotencyHeader, "An Idempotency-Key is 1 to 255 visible ASCII characters, without spaces.")
	}
	if !s.limits.allow(often, c) {
		return &Problem{
			Type: "about:blank", Title: "Too Many Requests", Status: http.StatusTooManyRequests, Code: "too_many",
			Detail: "Too many requests; wait a moment.", retryAfter: waitOf(often),
		}
	}
	if err := s.identify(r.Context(), c); err != nil {
		return err
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxNamedBody+1))
	if err != nil {
		return wrongAt("body", "The request did not arrive whole.")
	}
	content := sha256.Sum256(append([]byte(r.Method+" "+r.URL.RequestURI()+"\n"), body...))
	r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), r.Body))
	begun, err := s.Team.BeginRequest(r.Context(), c.actor, name, content)
	if fault.Is(err, "idempotency_reused") {
		p := problemOf(err)
		p.Errors = []ProblemDetail{{Location: "header." + IdempotencyHeader, Message: p.Detail}}
		return p
	}
	if err != nil {
		return err
	}
	if begun.Done != nil {
		if begun.Done.Type != "" {
			w.Header().Set("Content-Type", begun.Done.Type)
		}
		w.Header().Set("Idempotency-Replayed", "true")
		w.WriteHeader(begun.Done.Status)
		_, _ = io.WriteString(w, begun.Done.Body)
		return nil
	}
	c.request = begun.ID
	kept := &keptAnswer{ResponseWriter: w, status: http.StatusOK}
	defer func() {
		broken := recover()
		if broken != nil {
			kept.status = http.StatusInternalServerError
		}
		answer := team.Answer{Status: kept.status, Type: w.Header().Get("Content-Type"), Body: kept.body.String()}
		if err := s.Team.EndRequest(context.WithoutCancel(r.Context()), begun.ID, answer); err != nil {
			s.Log.Error("keep an answer", "request", begun.ID, "error", err)
		}
		if broken != nil {
			panic(broken)
		}
	}()
	next.ServeHTTP(kept, r)
	return nil
}

// keptAnswer copies what is answered.
type keptAnswer struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (k *keptAnswer) WriteHeader(status int) {
	k.status = status
	k.ResponseWriter.WriteHeader(status)
}

func (k *keptAnswer) Write(b []byte) (int, error) {
	k.body.Write(b)
	return k.ResponseWriter.Write(b)
}
