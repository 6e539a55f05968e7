package api

import (
	"errors"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// pathID reads the {id} of a path. What is no identifier names nothing.
func pathID[T any](r *http.Request, into *id.ID[T], what string) error {
	got, err := id.Parse[T](r.PathValue("id"))
	if err != nil {
		return fault.Missing(what)
	}
	*into = got
	return nil
}

// attachment reads the one that the path names, of the caller's shop (I13).
func (s *Server) attachment(r *http.Request) (desk.Attachment, error) {
	var wanted id.Attachment
	if err := pathID(r, &wanted, "attachment"); err != nil {
		return desk.Attachment{}, err
	}
	var found desk.Attachment
	err := s.DB.Read(r.Context(), func(tx *store.Tx) (err error) {
		found, err = desk.GetAttachment(tx, wanted)
		return err
	})
	if errors.Is(err, store.ErrNone) || err == nil && found.Shop != actor(r.Context()).Shop {
		return desk.Attachment{}, fault.Missing("attachment")
	}
	return found, err
}

// message reads the one that the path names, of the caller's shop (I13).
func (s *Server) message(r *http.Request) (desk.Message, error) {
	var wanted id.Message
	if err := pathID(r, &wanted, "message"); err != nil {
		return desk.Message{}, err
	}
	var found desk.Message
	err := s.DB.Read(r.Context(), func(tx *store.Tx) (err error) {
		found, err = desk.GetMessage(tx, wanted)
		return err
	})
	if errors.Is(err, store.ErrNone) || err == nil && found.Shop != actor(r.Context()).Shop {
		return desk.Message{}, fault.Missing("message")
	}
	return found, err
}

// served is how bytes of strangers go to a browser.
type served struct {
	blob   blob.Hash
	name   string // of the download; "" shows it in place
	kind   string // Content-Type
	policy string // Content-Security-Policy
	cache  string // Cache-Control beyond "private"
}

// sealed lets a file that is opened by itself do nothing at all.
const sealed = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"

// serve sends a blob, whole or in the ranges that were asked for (RFC 9110,
// 14). Its hash is its ETag: the same bytes are not sent twice.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, f served) error {
	content, err := s.Blobs.Open(r.Context(), f.blob)
	if err != nil {
		return err
	}
	defer content.Close()
	f.head(w.Header())
	w.Header().Set("ETag", `"`+string(f.blob)+`"`)
	http.ServeContent(w, r, "", time.Time{}, content)
	return nil
}

func (f served) head(h http.Header) {
	cache := f.cache
	if cache == "" {
		cache = "no-cache"
	}
	h.Set("Content-Type", f.kind)
	h.Set("Content-Security-Policy", f.policy)
	h.Set("Content-Disposition", disposition(f.name))
	h.Set("Cache-Control", "private, "+cache)
	// Never guess a type: a text that looks like a page must stay a text.
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
}

// disposition names a download for old and new clients (RFC 6266, 4.3 and
// appendix D); "" is shown in place.
func disposition(name string) string {
	if name == "" {
		return "inline"
	}
	plain := strings.Map(func(r rune) rune {
		switch {
		case r < ' ' || r >= 0x7f:
			return '_'
		case r == '"' || r == '\\' || r == '%':
			return '_'
		}
		return r
	}, name)
	// PathEscape leaves a few marks that are no attr-char (RFC 8187, 3.2.1).
	escaped := strings.NewReplacer("'", "%27", "(", "%28", ")", "%29", "*", "%2A", ":", "%3A", "@", "%40", "=", "%3D", ",", "%2C", ";", "%3B").
		Replace(url.PathEscape(name))
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + escaped
}

// harmless are the types that a download may say it is; any other goes as
// unknown bytes, so that no program opens it by itself.
func harmless(kind string) bool {
	kind, _, err := mime.ParseMediaType(kind)
	if err != nil {
		return false
	}
	for _, prefix := range []string{"image/", "audio/", "video/", "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."} {
		if strings.HasPrefix(kind, prefix) {
			return kind != "image/svg+xml"
		}
	}
	switch kind {
	case "application/pdf", "text/plain", "text/csv", "text/calendar", "text/vcard", "application/zip", "message/rfc822",
		"application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint":
		return true
	}
	return false
}
