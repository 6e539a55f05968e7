package app

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
)

// webApp serves the built front end; a path that is no file is a page of the
// app itself. Hashed files never change, the page that names them may.
func webApp(files fs.FS) http.Handler {
	packed := &packedFiles{files: files, done: map[string][]byte{}}
	plain := http.FileServerFS(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		if info, err := fs.Stat(files, name); name == "" || err != nil || info.IsDir() {
			if strings.HasPrefix(name, "assets/") {
				// Of another version: its page must not take our page for a script.
				http.NotFound(w, r)
				return
			}
			name = "index.html"
			h.Set("Content-Security-Policy", pagePolicy)
		}
		h.Set("Cache-Control", "no-cache")
		if path.Ext(name) == ".webmanifest" { // few systems know the type
			h.Set("Content-Type", manifestType)
		}
		if strings.HasPrefix(name, "assets/") {
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		if packed.serve(w, r, name) {
			return
		}
		if name == "index.html" {
			http.ServeFileFS(w, r, files, name)
			return
		}
		plain.ServeHTTP(w, r)
	})
}

const manifestType = "application/manifest+json"

// packedFiles compresses what shrinks, once, when it is first asked for.
type packedFiles struct {
	files fs.FS
	mu    sync.Mutex
	done  map[string][]byte
}

var shrinks = map[string]bool{".js": true, ".css": true, ".html": true, ".svg": true, ".json": true, ".webmanifest": true}

func (p *packedFiles) serve(w http.ResponseWriter, r *http.Request, name string) bool {
	ext := path.Ext(name)
	if !shrinks[ext] || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		return false
	}
	small, err := p.packed(name)
	if err != nil {
		return false
	}
	h := w.Header()
	if h.Get("Content-Type") == "" {
		h.Set("Content-Type", mime.TypeByExtension(ext))
	}
	h.Set("Content-Encoding", "gzip")
	h.Set("Vary", "Accept-Encoding")
	_, _ = w.Write(small) //nolint:gosec // the bytes are the app's own files
	return true
}

func (p *packedFiles) packed(name string) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if small, ok := p.done[name]; ok {
		return small, nil
	}
	raw, err := fs.ReadFile(p.files, name)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(raw); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	p.done[name] = b.Bytes()
	return b.Bytes(), nil
}

// pagePolicy: scripts of our own only; styles inline, since the editor and the
// menus place themselves; mail is shown in frames with a policy of their own.
const pagePolicy = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self'; " +
	"frame-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
