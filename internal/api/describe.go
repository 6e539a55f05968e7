package api

import (
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/comptoir-desk/comptoir/internal/team"
)

const introduction = `The desk's own API: everything that the web app does.

**Who asks.** A program sends ` + "`Authorization: Bearer cpt_…`" + ` with a key that an owner made under *Settings, API and webhooks*.
A key acts for the person who made it, within its scopes; each operation names the scope that it needs.

**Errors** are problem documents (RFC 9457). ` + "`code`" + ` is a stable word, ` + "`errors`" + ` names wrong fields. 429 and some 409 carry Retry-After.

**Lists** answer ` + "`next`" + `, an opaque cursor: give it back as ` + "`cursor`" + ` for the next part; it is empty at the end. ` + "`position`" + ` is the
place in the event feed at which a list was read; live updates begin there.

**Once.** A POST with an Idempotency-Key header is done once: sent again within 24 hours with the same body it is answered as the first
time (header Idempotency-Replayed), with another body it is refused (422), while the first is under way it is told to wait (409).

**Limits.** 1,200 requests a minute for each key or session, 60 for costly ones, 20 for signing in.`

// describe adds to the document what the types don't say: who may, what else
// may be answered, and the paths that aren't JSON.
func (s *Server) describe(api huma.API) {
	doc := api.OpenAPI()
	doc.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"key":     {Type: "http", Scheme: "bearer", Description: "A key of a program, cpt_…"},
		"session": {Type: "apiKey", In: "cookie", Name: sessionCookie, Description: "Of somebody signed in to the web app"},
	}
	problem := &huma.Schema{Ref: "#/components/schemas/Problem"} // huma lists it with the first operation
	for _, r := range s.routes() {
		describeOperation(operationOf(doc, r.method, r.path), r.method, r.path, r.needs, problem)
	}
	for _, r := range s.plainRoutes() {
		op := &huma.Operation{Method: r.method, Path: base + r.path, OperationID: operationID(r.method, r.path), Parameters: pathParameters(r.path)}
		op.Responses = map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{"*/*": {}}}}
		if r.method == http.MethodPost {
			op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"multipart/form-data": {Schema: &huma.Schema{
				Type: "object", Required: []string{"file"}, Properties: map[string]*huma.Schema{"file": {Type: "string", Format: "binary"}},
			}}}}
		}
		if r.path == "/live" {
			op.Responses = map[string]*huma.Response{"101": {Description: "Events as they happen, over a WebSocket (RFC 6455)"}}
			op.Parameters = []*huma.Param{{Name: "after", In: "query", Schema: &huma.Schema{Type: "string"}, Description: "position of what was read"}}
		}
		doc.AddOperation(op)
		describeOperation(op, r.method, r.path, r.needs, problem)
	}
}

func operationOf(doc *huma.OpenAPI, method, path string) *huma.Operation {
	item := doc.Paths[base+path]
	switch method {
	case http.MethodGet:
		return item.Get
	case http.MethodPost:
		return item.Post
	case http.MethodPut:
		return item.Put
	case http.MethodPatch:
		return item.Patch
	}
	return item.Delete
}

func pathParameters(path string) (out []*huma.Param) {
	for part := range strings.SplitSeq(path, "/") {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			out = append(out, &huma.Param{
				Name: strings.TrimSuffix(name, "}"), In: "path", Required: true, Schema: &huma.Schema{Type: "integer", Format: "int64"},
			})
		}
	}
	return out
}

func describeOperation(op *huma.Operation, method, path string, needs team.Permission, problem *huma.Schema) {
	op.Summary = summaries[method+" "+path]
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	op.Tags = []string{first}
	scope := scopeOf(method, path, needs)
	switch {
	case needs == anybody || needs == setup:
		op.Security = []map[string][]string{{}}
	case scope == "":
		op.Security = []map[string][]string{{"session": {}}}
		op.Description = "For people in the web app; no key may."
	default:
		op.Security = []map[string][]string{{"key": {}}, {"session": {}}}
		op.Description = "Scope: `" + string(scope) + "`."
	}
	op.Responses["default"] = &huma.Response{
		Description: "A problem document (RFC 9457)", Content: map[string]*huma.MediaType{"application/problem+json": {Schema: problem}},
		Headers: map[string]*huma.Param{"Retry-After": {Schema: &huma.Schema{Type: "integer"}, Description: "Seconds, with 429 and some 409"}},
	}
	if method == http.MethodPost && len(op.Security) > 0 && len(op.Security[0]) > 0 && !strings.HasSuffix(path, "/attachments") {
		op.Parameters = append(op.Parameters, &huma.Param{
			Name: IdempotencyHeader, In: "header", Description: "Done once within 24 hours, however often it is sent",
			Schema: &huma.Schema{Type: "string", MaxLength: ptr(maxRequestName)},
		})
	}
}

func ptr(n int) *int { return &n }
