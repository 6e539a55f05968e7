package api

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Problem is an error as clients see it (RFC 9457). Code is a stable word.
type Problem struct {
	Type   string          `json:"type"`
	Title  string          `json:"title"`
	Status int             `json:"status"`
	Detail string          `json:"detail"`
	Code   string          `json:"code"`
	Errors []ProblemDetail `json:"errors,omitempty"`
	// What a client needs to go on, by code: "stale" the current draft,
	// "unseen" the message ids, "held" the findings.
	Current  any `json:"current,omitempty"`
	Unseen   any `json:"unseen,omitempty"`
	Findings any `json:"findings,omitempty"`

	retryAfter int // seconds, for the header of RFC 9110, 10.2.3
}

// ProblemDetail names one wrong field.
type ProblemDetail struct {
	Location string `json:"location"`
	Message  string `json:"message"`
}

func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus is the HTTP status; huma asks for it.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType says that it is a problem document.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

var statuses = map[fault.Kind]int{
	fault.Invalid:         http.StatusUnprocessableEntity,
	fault.Unauthenticated: http.StatusUnauthorized,
	fault.Forbidden:       http.StatusForbidden,
	fault.NotFound:        http.StatusNotFound,
	fault.Conflict:        http.StatusConflict,
	fault.Locked:          http.StatusLocked,
	fault.Unavailable:     http.StatusServiceUnavailable,
	fault.Internal:        http.StatusInternalServerError,
}

// problemOf is the one place that turns an error into what a client sees. An
// unknown error hides its cause.
func problemOf(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	var f *fault.Fault
	switch {
	case errors.As(err, &f):
		p = &Problem{Status: statuses[f.Kind], Detail: f.Detail, Code: f.Code}
		if f.Field != "" {
			p.Errors = []ProblemDetail{{Location: "body." + f.Field, Message: f.Detail}}
		}
	case errors.Is(err, store.ErrNone):
		p = &Problem{Status: http.StatusNotFound, Detail: "not found", Code: "not_found"}
	default:
		p = &Problem{Status: http.StatusInternalServerError, Detail: "Something went wrong on our side.", Code: "internal"}
	}
	p.Type, p.Title = "about:blank", http.StatusText(p.Status)
	return p
}

// clientGone is what the log shows of a request whose sender has left, as a
// browser does on a reload: nobody reads it, and it is no error of ours.
const clientGone = 499

// translated folds a handler's error into a Problem and keeps the cause for
// the log.
func translated[In, Out any](h func(context.Context, *In) (*Out, error)) func(context.Context, *In) (*Out, error) {
	return func(ctx context.Context, in *In) (*Out, error) {
		if where := unstorable(reflect.ValueOf(in), ""); where != "" {
			return nil, wrongAt(where, "Text must be UTF-8 without NUL characters.")
		}
		out, err := h(ctx, in)
		if err == nil {
			return out, nil
		}
		if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
			return nil, &Problem{Type: "about:blank", Title: "Gone", Status: clientGone, Detail: "Nobody waits for the answer.", Code: "gone"}
		}
		p := problemOf(err)
		if p.Status == http.StatusInternalServerError {
			noteCause(ctx, err)
		}
		var f *fault.Fault
		if errors.As(err, &f) && f.Field != "" && len(p.Errors) == 1 {
			p.Errors[0].Location = placed(reflect.TypeFor[In](), f.Field)
		}
		return nil, p
	}
}

// wrongAt refuses what stands at a location of the request.
func wrongAt(location, detail string) *Problem {
	p := problemOf(fault.New(fault.Invalid, "invalid", detail))
	p.Errors = []ProblemDetail{{Location: location, Message: detail}}
	return p
}

func init() { //nolint:gochecknoinits // huma takes its error type from a package variable
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		p := &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: message, Code: "invalid"}
		if code := codes[status]; code != "" {
			p.Code = code
		}
		for _, e := range errs {
			var d *huma.ErrorDetail
			if errors.As(e, &d) {
				p.Errors = append(p.Errors, detailOf(d))
			}
		}
		if len(p.Errors) == 0 && (status == http.StatusBadRequest || status == http.StatusUnprocessableEntity) { // of the body as a whole
			p.Errors = []ProblemDetail{{Location: "body", Message: message}}
		}
		return p
	}
}

// codes are of what is refused before a handler sees it.
var codes = map[int]string{
	http.StatusNotFound: "not_found", http.StatusMethodNotAllowed: "method_not_allowed", http.StatusNotAcceptable: "not_acceptable",
	http.StatusRequestTimeout: "timeout", http.StatusRequestEntityTooLarge: "too_large", http.StatusUnsupportedMediaType: "media_type",
	http.StatusInternalServerError: "internal",
}

func writeProblem(w http.ResponseWriter, p *Problem) {
	if p.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(p.retryAfter))
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p)
}

func writeProblemTo(w io.Writer, p *Problem) { _ = json.NewEncoder(w).Encode(p) }
