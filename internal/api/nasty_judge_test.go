package api_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
)

var location = regexp.MustCompile(`^(body|query|path|header)(\.|\[|$)`)

// judged says what is wrong with an answer, "" for nothing.
func judged(got *httptest.ResponseRecorder, where string) string {
	kind, _, _ := strings.Cut(got.Header().Get("Content-Type"), ";")
	if got.Code < 400 {
		if kind == "application/json" && !json.Valid(got.Body.Bytes()) {
			return "no JSON"
		}
		return ""
	}
	var p struct {
		Type, Title, Detail, Code string
		Status                    int
		Errors                    []struct{ Location, Message string }
	}
	switch err := json.Unmarshal(got.Body.Bytes(), &p); {
	case got.Code >= 500:
		return "a fault of ours"
	case kind != "application/problem+json" || err != nil || p.Type == "" || p.Title == "" || p.Detail == "" || p.Code == "" || p.Status != got.Code:
		return "no problem document"
	case got.Code == http.StatusUnauthorized || got.Code == http.StatusTooManyRequests:
		return "nothing was tried"
	case got.Code != http.StatusUnprocessableEntity && got.Code != http.StatusBadRequest:
		return "" // what it names is gone, or moved on
	case len(p.Errors) == 0:
		return "names no field"
	case strings.Contains(got.Body.String(), "Go struct"), strings.Contains(got.Body.String(), "Go value"):
		return "tells of our own types"
	}
	for _, e := range p.Errors {
		if !location.MatchString(e.Location) || e.Message == "" {
			return "names nothing that was sent"
		}
		if where == "" || names(e.Location, where) || together[e.Location] != nil && together[e.Location].MatchString(where) {
			where = ""
		}
	}
	if where != "" {
		return "doesn't name " + where
	}
	return ""
}

// together are fields of which a refusal may be told by what stands in others.
var together = map[string]*regexp.Regexp{
	"body.customer.name":          regexp.MustCompile(`^body\.customer`),
	"body.dkim.key":               regexp.MustCompile(`^body\.dkim`),
	"body.current":                regexp.MustCompile(`^body\.new$`), // which may have been taken just before
	"body.to":                     regexp.MustCompile(`^body\.from$`),
	"body.imap.host":              regexp.MustCompile(`^body\.kind$`),
	"body.password":               regexp.MustCompile(`^body\.(imap|smtp)`),
	"body.html":                   regexp.MustCompile(`^body\.seen_through$`),
	"body.substitute":             regexp.MustCompile(`^path\.id$`),
	"body.channels[0].hours.week": regexp.MustCompile(`^body\.channels`),
}

var indexed = regexp.MustCompile(`\[\d+\]|\.(\[\]|\{\}|\{key\})`)

// names tells whether a location is a place, lies in it, or is what contains it.
func names(location, where string) bool {
	location, where = indexed.ReplaceAllString(location, ""), indexed.ReplaceAllString(where, "")
	return location != "body" && (strings.HasPrefix(location+".", where+".") || strings.HasPrefix(where+".", location+"."))
}

// recorded is an answer for judged.
func (a answer) recorded() *httptest.ResponseRecorder {
	r := httptest.NewRecorder()
	r.Header().Set("Content-Type", a.kind)
	r.Code = a.status
	r.Body.WriteString(a.raw)
	return r
}
