package site

import (
	"crypto/hmac"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/ask"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/thumbnail"
)

// A form carries a seal: a number of its own and the time, signed with the link
// that it stands on. It proves that the page was ours, and as the answer's key it
// makes a second press change nothing. Nothing is stored for it (I7).
const (
	sealContext = "answer form"
	sealedSize  = 12 + 8
	sealFor     = 7 * 24 * time.Hour // a page may stay open on a phone for days
)

func (s *server) seal(token string) string {
	said := make([]byte, 12, sealedSize)
	_, _ = rand.Read(said)                                                   // never fails (crypto/rand)
	said = binary.BigEndian.AppendUint64(said, uint64(s.Clock.Now().Unix())) //nolint:gosec // after 1970
	return base64.RawURLEncoding.EncodeToString(append(said, s.MAC(append([]byte(token+"\x00"), said...), sealContext)...))
}

// unseal gives the form's key; ok is false for a seal that isn't of this link or
// is too old.
func (s *server) unseal(token, seal string) (key string, ok bool) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(seal)
	if err != nil || len(raw) <= sealedSize {
		return "", false
	}
	said, mac := raw[:sealedSize], raw[sealedSize:]
	if !hmac.Equal(mac, s.MAC(append([]byte(token+"\x00"), said...), sealContext)) {
		return "", false
	}
	at := time.Unix(int64(binary.BigEndian.Uint64(said[12:])), 0) //nolint:gosec // signed by us
	if s.Clock.Now().Sub(at) > sealFor {
		return "", false
	}
	return base64.RawURLEncoding.EncodeToString(said[:12]), true
}

// sent is a form as it came in.
type sent struct {
	seal  string
	text  string
	files []ask.Upload
}

// errTooLarge is said of a form with more bytes than we keep.
var errTooLarge = fault.New(fault.Invalid, "too_large", "The files are too large.")

// readForm reads a multipart form (RFC 7578) part by part; what nobody asked for
// is passed over.
func readForm(w http.ResponseWriter, r *http.Request) (out sent, err error) {
	const wrapping = 256 << 10
	r.Body = http.MaxBytesReader(w, r.Body, ask.MaxUpload+wrapping)
	form, err := r.MultipartReader()
	if err != nil {
		return out, fault.Wrong("text", "The form did not arrive whole.")
	}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, formFault(err)
		}
		if err := out.take(part); err != nil {
			return out, err
		}
	}
}

func (f *sent) take(part *multipart.Part) error {
	switch part.FormName() {
	case "seal":
		return readText(part, &f.seal, 1<<10)
	case "text":
		return readText(part, &f.text, 4*ask.MaxAnswer+1)
	case "files":
		content, err := io.ReadAll(io.LimitReader(part, ask.MaxFile+1))
		switch {
		case err != nil:
			return formFault(err)
		case len(content) > ask.MaxFile:
			return errTooLarge
		case len(content) == 0: // a field without a file is sent empty
			return nil
		}
		f.files = append(f.files, ask.Upload{Name: part.FileName(), Type: typeOf(content), Content: content})
	}
	return nil
}

func readText(part io.Reader, into *string, limit int64) error {
	raw, err := io.ReadAll(io.LimitReader(part, limit))
	if err != nil {
		return formFault(err)
	}
	*into = strings.ReplaceAll(string(raw), "\r\n", "\n")
	return nil
}

func formFault(err error) error {
	var over *http.MaxBytesError
	if errors.As(err, &over) {
		return errTooLarge
	}
	return fault.Wrong("text", "The form did not arrive whole.")
}

// typeOf names what a file is by its bytes; what the browser says is not asked.
func typeOf(content []byte) string {
	if picture := thumbnail.Type(content); picture != "" {
		return picture
	}
	kind, _, _ := strings.Cut(http.DetectContentType(content), ";")
	return kind
}
