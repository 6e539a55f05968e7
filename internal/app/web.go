package app

import (
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/web"
)

// newHandler joins the API and the web app.
func (a *App) newHandler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/api/", api.New(api.Parts{
		DB: a.db, Blobs: a.blobs, Clock: a.clock, Log: a.log, Events: a.events, Hub: a.hub, Desk: a.desk, Reply: a.reply,
		Post: a.post, Intake: a.intake, Shops: a.shops, Team: a.team, Views: a.views, Mail: mailControl{a}, Setup: a.host, Version: Version,
		URL: strings.TrimRight(a.config.URL, "/"),
	}))
	mux.Handle("/", webApp(web.Desk()))
	return mux
}

// webApp serves the built front end; a path that is no file is a page of the
// app itself. Hashed files never change, the page that names them may.
func webApp(files fs.FS) http.Handler {
	server := http.FileServerFS(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		if info, err := fs.Stat(files, name); name == "" || err != nil || info.IsDir() {
			h.Set("Content-Security-Policy", pagePolicy)
			h.Set("Cache-Control", "no-cache")
			http.ServeFileFS(w, r, files, "index.html")
			return
		}
		if strings.HasPrefix(name, "assets/") {
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		server.ServeHTTP(w, r)
	})
}

// pagePolicy: scripts of our own only; styles inline, since the editor and the
// menus place themselves; mail is shown in frames with a policy of their own.
const pagePolicy = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self'; " +
	"frame-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
