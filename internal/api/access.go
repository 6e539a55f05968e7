package api

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/notify"
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
	key     string // of a program, without "Bearer"
	local   bool   // from this machine itself
	setup   string // the start's token
	secure  bool
	request id.Request // that named itself, if it did
	cause   error      // of an internal error, for the log
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
		s.unbroken(next, rec, r.WithContext(context.WithValue(r.Context(), callerKey{}, c)))
		level := slog.LevelDebug
		if rec.status >= http.StatusInternalServerError {
			level = slog.LevelError
		}
		path := r.URL.Path
		for _, secret := range []string{SharedFiles, notify.UnsubscribePath} { // whoever has the address may
			if strings.HasPrefix(path, secret) {
				path = secret
			}
		}
		s.Log.Log(r.Context(), level, "request", "method", r.Method, "path", path, "status", rec.status,
			"person", c.actor.Person, "key", c.actor.APIKey, "ms", s.Clock.Now().Sub(began).Milliseconds(), "cause", c.cause)
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
	// RFC 6750, 2.1. With it a cookie counts for nothing.
	if scheme, key, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok && strings.EqualFold(scheme, "Bearer") {
		c.key, c.token = strings.TrimSpace(key), ""
	}
	if cookie, err := r.Cookie(setupCookie); err == nil {
		c.setup = cookie.Value
	}
	return c
}

// unbroken answers for a handler that panics, as for any other fault of ours.
func (s *Server) unbroken(next http.Handler, w *statusRecorder, r *http.Request) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(p)
		}
		err := fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		noteCause(r.Context(), err)
		if !w.begun {
			writeProblem(w, problemOf(err))
		}
		w.status = http.StatusInternalServerError
	}()
	next.ServeHTTP(w, r)
}

type statusRecorder struct {
	http.ResponseWriter
	status int
	begun  bool
}

func (w *statusRecorder) WriteHeader(status int) {
	if w.begun { // huma says 499 after all to whoever left in the middle of an answer
		return
	}
	w.status, w.begun = status, true
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusRecorder) Write(b []byte) (int, error) {
	w.begun = true
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection (for live updates).
func (w *statusRecorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// admit lets a caller through who may use the path now.
func (s *Server) admit(ctx context.Context, needs team.Permission, scope team.Scope, class rateOf) error {
	c := callerOf(ctx)
	if !s.limits.allow(class, c) {
		return &Problem{
			Type: "about:blank", Title: "Too Many Requests", Status: http.StatusTooManyRequests, Code: "too_many",
			Detail: "Too many requests; wait a moment.", retryAfter: waitOf(class),
		}
	}
	switch needs {
	case anybody:
		return nil
	case setup:
		return s.admitSetup(ctx, c)
	}
	if err := s.identify(ctx, c); err != nil {
		return err
	}
	if needs != signedIn && !team.Can(c.actor.Role, needs) {
		return fault.New(fault.Forbidden, "forbidden", "Your role does not allow this.")
	}
	if c.actor.APIKey != 0 && (scope == "" || !c.actor.Scopes.Has(scope)) {
		return fault.New(fault.Forbidden, "scope", "The scopes of this API key do not allow this.")
	}
	return nil
}

// identify finds who the caller is: a program by its key, else a person by
// their session.
func (s *Server) identify(ctx context.Context, c *caller) (err error) {
	switch {
	case c.actor.Person != 0: // asked already
	case c.key != "":
		c.actor, err = s.Team.AuthenticateKey(ctx, c.key)
	default:
		c.actor, c.session, err = s.Team.Authenticate(ctx, c.token)
	}
	return err
}

// originOf lets events tell by which key and which named request they came.
func originOf(ctx context.Context) context.Context {
	c := callerOf(ctx)
	if c.actor.APIKey == 0 && c.request == 0 {
		return ctx
	}
	return event.WithOrigin(ctx, event.Origin{APIKey: c.actor.APIKey, Request: c.request})
}

func (s *Server) operation(r route) huma.Operation {
	return huma.Operation{
		Method: r.method, Path: base + r.path, OperationID: operationID(r.method, r.path), DefaultStatus: 0,
		Middlewares: huma.Middlewares{func(ctx huma.Context, next func(huma.Context)) {
			if err := s.admit(ctx.Context(), r.needs, scopeOf(r.method, r.path, r.needs), r.rate); err != nil {
				p := problemOf(err)
				if p.Status == http.StatusInternalServerError {
					noteCause(ctx.Context(), err)
				}
				if p.retryAfter > 0 {
					ctx.SetHeader("Retry-After", strconv.Itoa(p.retryAfter))
				}
				ctx.SetHeader("Content-Type", "application/problem+json")
				ctx.SetStatus(p.Status)
				writeProblemTo(ctx.BodyWriter(), p)
				return
			}
			next(huma.WithContext(ctx, originOf(ctx.Context())))
		}},
	}
}

func (s *Server) plain(r plainRoute) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		err := s.admit(req.Context(), r.needs, scopeOf(r.method, r.path, r.needs), r.rate)
		if err == nil {
			err = r.serve(w, req.WithContext(originOf(req.Context())))
		}
		if err == nil {
			return
		}
		p := problemOf(err)
		if p.Status == http.StatusInternalServerError {
			noteCause(req.Context(), err)
		}
		writeProblem(w, placedIn(req, p))
	})
}
