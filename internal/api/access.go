package api

import (
	"context"
	"log/slog"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/team"
)

const sessionCookie = "comptoir_session"

// caller is what a request brings: who sends it, from where.
type caller struct {
	actor   team.Actor
	session team.Session
	token   string
	remote  string
	agent   string
	local   bool   // from this machine itself
	setup   string // the start's token
	secure  bool
	cause   error // of an internal error, for the log
}

type callerKey struct{}

func callerOf(ctx context.Context) *caller {
	c, ok := ctx.Value(callerKey{}).(*caller)
	if !ok {
		return &caller{}
	}
	return c
}

func noteCause(ctx context.Context, err error) { callerOf(ctx).cause = err }

// actor is who acts; every path but the open ones has one.
func actor(ctx context.Context) team.Actor { return callerOf(ctx).actor }

// logged puts the caller into the context and writes one line a request, with
// ids and never with what was said.
func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := s.readCaller(r)
		began := s.Clock.Now()
		rec := &statusRecorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(rec, r.WithContext(context.WithValue(r.Context(), callerKey{}, c)))
		level := slog.LevelDebug
		if rec.status >= http.StatusInternalServerError {
			level = slog.LevelError
		}
		path := r.URL.Path
		if strings.HasPrefix(path, SharedFiles) { // whoever has the address has the file
			path = SharedFiles
		}
		s.Log.Log(r.Context(), level, "request", "method", r.Method, "path", path, "status", rec.status,
			"person", c.actor.Person, "ms", s.Clock.Now().Sub(began).Milliseconds(), "cause", c.cause)
	})
}

func (s *Server) readCaller(r *http.Request) *caller {
	from := s.Proxies.originOf(r)
	if from.unheard {
		s.unheard.Do(func() {
			s.Log.Warn("X-Forwarded headers from a peer that is no trusted proxy are not believed; if a web server stands before Comptoir, name it by --trusted-proxies",
				"peer", from.remote)
		})
	}
	c := &caller{agent: r.UserAgent(), secure: from.secure, remote: from.remote, local: from.local}
	if cookie, err := r.Cookie(sessionCookie); err == nil {
		c.token = cookie.Value
	}
	if cookie, err := r.Cookie(setupCookie); err == nil {
		c.setup = cookie.Value
	}
	return c
}

type statusRecorder struct {
	http.ResponseWriter
	status int
}

func (w *statusRecorder) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection (for live updates).
func (w *statusRecorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// admit lets a caller through who may use the path now.
func (s *Server) admit(ctx context.Context, needs team.Permission, class rateOf) error {
	c := callerOf(ctx)
	if !s.limits.allow(class, c) {
		return &Problem{
			Type: "about:blank", Title: "Too Many Requests", Status: http.StatusTooManyRequests, Code: "too_many",
			Detail: "Too many requests; wait a moment.",
		}
	}
	switch needs {
	case anybody:
		return nil
	case setup:
		return s.admitSetup(ctx, c)
	}
	var err error
	c.actor, c.session, err = s.Team.Authenticate(ctx, c.token)
	if err != nil {
		return err
	}
	if needs != signedIn && !c.actor.Can(needs) {
		return fault.New(fault.Forbidden, "forbidden", "Your role does not allow this.")
	}
	return nil
}

func (s *Server) operation(r route) huma.Operation {
	return huma.Operation{
		Method: r.method, Path: base + r.path, OperationID: operationID(r.method, r.path), DefaultStatus: 0,
		Middlewares: huma.Middlewares{func(ctx huma.Context, next func(huma.Context)) {
			if err := s.admit(ctx.Context(), r.needs, r.rate); err != nil {
				p := problemOf(err)
				if p.Status == http.StatusInternalServerError {
					noteCause(ctx.Context(), err)
				}
				ctx.SetHeader("Content-Type", "application/problem+json")
				ctx.SetStatus(p.Status)
				writeProblemTo(ctx.BodyWriter(), p)
				return
			}
			next(ctx)
		}},
	}
}

func (s *Server) plain(r plainRoute) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		err := s.admit(req.Context(), r.needs, r.rate)
		if err == nil {
			err = r.serve(w, req)
		}
		if err == nil {
			return
		}
		p := problemOf(err)
		if p.Status == http.StatusInternalServerError {
			noteCause(req.Context(), err)
		}
		writeProblem(w, p)
	})
}
