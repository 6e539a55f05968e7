package api

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/thumbnail"
	"github.com/comptoir-desk/comptoir/internal/view"
)

// maxUpload is the largest file that a person may attach.
const maxUpload = 25 << 20

// upload keeps a file loosely, for the draft that will name it: bytes first,
// then the row.
func (s *Server) upload(w http.ResponseWriter, r *http.Request) error {
	name, content, err := uploaded(w, r, maxUpload)
	if err != nil {
		return err
	}
	by := actor(r.Context())
	f := desk.File{Type: typeOf(name, content), Size: int64(len(content))}
	f.Name = mime.SafeName(name, f.Type)
	hashes, err := s.Blobs.Put(r.Context(), content)
	if err != nil {
		return err
	}
	f.Blob = hashes[0]
	// A picture that stands within the text is named there by its Content-ID
	// (RFC 2392); one that mail programs don't draw goes along as a file.
	if r.URL.Query().Get("inline") == "true" && slices.Contains(inPlace[:4], f.Type) {
		f.Inline, f.ContentID = true, "p"+rand.Text()+"@comptoir"
	}
	out := view.Attachment{
		Inline: f.Inline, ContentID: f.ContentID,
		Name: f.Name, Type: f.Type, Size: f.Size, Thumbnail: thumbnail.Supports(f.Type), Dangerous: view.Dangerous(f.Name, f.Type),
	}
	err = s.DB.InTx(r.Context(), func(tx *store.Tx) (err error) {
		out.ID, err = s.Desk.Attach(tx, by.Shop, 0, by.Person, f)
		return err
	})
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, out)
}

// uploaded reads the one "file" of a multipart form (RFC 7578), at most limit
// bytes of it.
func uploaded(w http.ResponseWriter, r *http.Request, limit int64) (name string, content []byte, err error) {
	const wrapping = 64 << 10 // the form around the file
	r.Body = http.MaxBytesReader(w, r.Body, limit+wrapping)
	form, err := r.MultipartReader()
	if err != nil {
		return "", nil, fault.Wrong("file", "Send a form with a file in it.")
	}
	for {
		part, err := form.NextPart()
		if err != nil {
			return "", nil, uploadFault(err, limit)
		}
		if part.FormName() != "file" {
			continue
		}
		content, err := io.ReadAll(io.LimitReader(part, limit+1))
		switch {
		case err != nil:
			return "", nil, uploadFault(err, limit)
		case int64(len(content)) > limit:
			return "", nil, tooLarge(limit)
		case len(content) == 0:
			return "", nil, fault.Wrong("file", "The file is empty.")
		}
		return part.FileName(), content, nil
	}
}

func uploadFault(err error, limit int64) error {
	var over *http.MaxBytesError
	if errors.As(err, &over) {
		return tooLarge(limit)
	}
	return fault.Wrong("file", "The file did not arrive whole.")
}

func tooLarge(limit int64) error {
	detail := "The file is larger than 25 MB."
	if limit == maxLogo {
		detail = "The logo must be at most 1 MB: it goes along with every answer."
	}
	return &Problem{
		Type: "about:blank", Title: http.StatusText(http.StatusRequestEntityTooLarge), Status: http.StatusRequestEntityTooLarge,
		Code: "too_large", Detail: detail,
	}
}

func writeJSON(w http.ResponseWriter, status int, body any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(raw)
	return nil
}
