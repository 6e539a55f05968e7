package mime

import (
	"path"
	"strings"
	"unicode"
)

const maxName = 120

// extensions of nameless parts; anything else is .bin.
var extensions = map[string]string{
	"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp",
	"image/heic": ".heic", "image/heif": ".heif", "image/svg+xml": ".svg", "image/bmp": ".bmp", "image/tiff": ".tif",
	"application/pdf": ".pdf", "application/zip": ".zip", "application/gzip": ".gz", "application/json": ".json",
	"text/plain": ".txt", "text/html": ".html", "text/csv": ".csv", "text/calendar": ".ics", "text/vcard": ".vcf",
	"text/x-vcard": ".vcf", "text/xml": ".xml", "application/xml": ".xml", "application/ics": ".ics",
	"message/rfc822": ".eml", "message/global": ".eml", "message/delivery-status": ".txt",
	"message/feedback-report": ".txt", "message/disposition-notification": ".txt",
	"text/rfc822-headers": ".txt", "message/global-headers": ".txt", "application/pgp-signature": ".asc",
	"application/pgp-encrypted": ".asc", "application/pgp-keys": ".asc",
	"application/pkcs7-signature": ".p7s", "application/x-pkcs7-signature": ".p7s",
	"application/pkcs7-mime": ".p7m", "application/x-pkcs7-mime": ".p7m", "application/ms-tnef": ".dat",
	"audio/mpeg": ".mp3", "audio/wav": ".wav", "audio/mp4": ".m4a", "audio/ogg": ".ogg", "audio/amr": ".amr",
	"video/mp4": ".mp4", "video/quicktime": ".mov", "application/msword": ".doc", "application/vnd.ms-excel": ".xls",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":       ".xlsx",
}

var stems = map[string]string{
	"text/calendar": "invite", "message/rfc822": "message", "message/global": "message",
	"message/delivery-status": "delivery-status", "text/rfc822-headers": "headers",
	"application/pkcs7-signature": "smime", "application/x-pkcs7-signature": "smime",
	"application/pkcs7-mime": "smime", "application/x-pkcs7-mime": "smime",
	"message/feedback-report": "feedback-report", "message/disposition-notification": "receipt",
	"application/pgp-encrypted": "pgp", "application/pgp-signature": "signature", "application/ms-tnef": "winmail",
}

// SafeName makes a file name that no file system, header or eye trips over: no
// path, no control or direction-override character, no leading or trailing dot
// or blank, at most 120 runes with its extension kept, never empty.
func SafeName(name, kind string) string {
	name = strings.ReplaceAll(tidy(name), `\`, "/")
	name = path.Base("/" + strings.TrimRight(name, "/ "))
	name = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`<>:"|?*/`, r) || r == '\t' || r == '\n':
			return '_'
		case isUnsafe(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar:
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, name)
	name = strings.Trim(name, ". ")
	if name == "" || name == "_" {
		stem := stems[kind]
		if stem == "" {
			if stem = "attachment"; strings.HasPrefix(kind, "image/") {
				stem = "image"
			}
		}
		ext := extensions[kind]
		if ext == "" {
			ext = ".bin"
		}
		return stem + ext
	}
	ext := path.Ext(name)
	if len(ext) > 16 {
		ext = ""
	}
	return clip(strings.TrimSuffix(name, ext), maxName-len([]rune(ext))) + ext
}

// fileName reads the name of a part from disposition or type; encoded words
// inside are against RFC 2047, 5 and very common.
func (p *part) fileName() string {
	for _, s := range []structured{p.disposition, p.kind} {
		for _, key := range []string{"filename", "name", "file"} {
			if v := s.params[key]; v != "" {
				return decodeWords(v)
			}
		}
	}
	return ""
}
