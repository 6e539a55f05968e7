package api

import (
	"embed"
	"net/http"
)

// The reference page reads the document that this server gives out and shows
// it: nothing is fetched from elsewhere.
//
//go:embed reference
var referenceFiles embed.FS

const referencePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; " +
	"form-action 'none'; frame-ancestors 'none'"

func (s *Server) serveReference(mux *http.ServeMux) {
	for path, name := range map[string]string{
		"/api": "index.html", "/api/reference.js": "reference.js", "/api/reference.css": "reference.css",
	} {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Security-Policy", referencePolicy)
			w.Header().Set("X-Content-Type-Options", "nosniff")
			w.Header().Set("Referrer-Policy", "no-referrer")
			w.Header().Set("Cache-Control", "no-cache")
			http.ServeFileFS(w, r, referenceFiles, "reference/"+name)
		})
	}
}
