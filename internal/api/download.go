package api

import (
	"errors"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/thumbnail"
	"github.com/comptoir-desk/comptoir/internal/view"
)

const unknownBytes = "application/octet-stream"

// download hands out an attachment, to be saved.
func (s *Server) download(w http.ResponseWriter, r *http.Request) error {
	a, err := s.attachment(r)
	if err != nil {
		return err
	}
	return s.serve(w, r, asDownload(a))
}

func asDownload(a desk.Attachment) served {
	kind := a.Type
	if view.Dangerous(a.Name, a.Type) || !harmless(kind) {
		kind = unknownBytes
	}
	return served{blob: a.Blob, name: a.Name, kind: kind, policy: sealed}
}

// viewFile shows an attachment in place when its bytes are of a kind that can
// do nothing; anything else is downloaded.
func (s *Server) viewFile(w http.ResponseWriter, r *http.Request) error {
	a, err := s.attachment(r)
	if err != nil {
		return err
	}
	kind, err := s.shownAs(r, a)
	if err != nil {
		return err
	}
	switch kind {
	case "":
		return s.serve(w, r, asDownload(a))
	case "application/pdf":
		// A browser's own viewer doesn't run within a sandbox; it runs no page.
		return s.serve(w, r, served{blob: a.Blob, kind: kind, policy: "frame-ancestors 'self'"})
	}
	return s.serve(w, r, served{blob: a.Blob, kind: kind, policy: sealed})
}

// inPlace are the kinds that are shown, as http.DetectContentType names them.
var inPlace = []string{
	"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf",
	"audio/mpeg", "audio/wave", "application/ogg", "audio/midi", "video/mp4", "video/webm",
}

// textEndings are files that are shown as plain text.
var textEndings = []string{".txt", ".text", ".log", ".csv", ".md", ".asc", ".ics", ".vcf", ".eml"}

// shownAs is the type under which a file may be shown, "" when it may not. The
// bytes decide, not what the sender says.
func (s *Server) shownAs(r *http.Request, a desk.Attachment) (string, error) {
	if view.Dangerous(a.Name, a.Type) {
		return "", nil
	}
	content, err := s.Blobs.Open(r.Context(), a.Blob)
	if err != nil {
		return "", err
	}
	defer content.Close()
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(content, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return "", err
	}
	head = head[:n]
	kind := http.DetectContentType(head)
	isText := a.Type == "text/plain" || slices.Contains(textEndings, strings.ToLower(path.Ext(a.Name)))
	switch {
	case slices.Contains(inPlace, kind):
		return kind, nil
	case isFilm(head):
		return "video/mp4", nil
	case isText && strings.HasPrefix(kind, "text/"):
		return "text/plain; charset=" + charsetOf(kind, head), nil
	}
	return "", nil
}

// isFilm tells a telephone's .mov: the container of MP4 under an older brand
// (ISO/IEC 14496-12, 4.3), which browsers play as such.
func isFilm(head []byte) bool {
	return len(head) >= 12 && string(head[4:12]) == "ftypqt  "
}

// charsetOf a text: UTF-16 tells itself, and what isn't UTF-8 comes from an old
// Windows program here.
func charsetOf(kind string, head []byte) string {
	if _, charset, found := strings.Cut(kind, "charset="); found && charset != "utf-8" {
		return charset
	}
	for cut := 0; cut < utf8.UTFMax; cut++ { // the head may end within a character
		if utf8.Valid(head[:max(0, len(head)-cut)]) {
			return "utf-8"
		}
	}
	return "windows-1252"
}

// typeOf names what an upload is by its bytes, and by its name where many
// kinds look alike. What the browser says of it is not asked.
func typeOf(name string, content []byte) string {
	if picture := thumbnail.Type(content); picture != "" {
		return picture
	}
	sniffed, _, _ := strings.Cut(http.DetectContentType(content), ";")
	byName := typesByName[strings.ToLower(path.Ext(name))]
	switch {
	case byName == "":
		return sniffed
	case sniffed == unknownBytes, sniffed == "application/zip" && byName != "text/plain", sniffed == "text/plain" && strings.HasPrefix(byName, "text/"):
		return byName
	}
	return sniffed
}

// typesByName are kinds that bytes don't tell: packed documents and texts.
var typesByName = map[string]string{
	".csv": "text/csv", ".ics": "text/calendar", ".vcf": "text/vcard", ".txt": "text/plain", ".html": "text/html", ".htm": "text/html",
	".svg": "image/svg+xml", ".xml": "text/xml", ".js": "text/javascript",
	".doc": "application/msword", ".xls": "application/vnd.ms-excel", ".ppt": "application/vnd.ms-powerpoint",
	".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".odt":  "application/vnd.oasis.opendocument.text", ".ods": "application/vnd.oasis.opendocument.spreadsheet",
	".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".mov": "video/quicktime",
}
