package reply

import (
	"crypto/hmac"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"html"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/lang"
)

// Links makes and reads the addresses by which customers fetch what is too large
// for a mail. Whoever has the address has the file, until its time is over: it
// is signed, so that nobody can guess one or make it last (ADR 021).
type Links struct {
	URL string                                      // of the desk, without a slash at the end
	MAC func(message []byte, context string) []byte // of package secret
}

// LinkTime is how long a file can be fetched.
const LinkTime = 30 * 24 * time.Hour

const (
	linkContext = "file link"
	linkSize    = 8 + 8 + 32 // shop, last second, SHA-256 of the file
	macSize     = 32
)

// Token names a file of a shop until a time, and proves that we said so.
func (l Links) Token(shop id.Shop, file blob.Hash, until time.Time) string {
	sum, err := hex.DecodeString(string(file))
	if err != nil || len(sum) != 32 {
		return ""
	}
	said := binary.BigEndian.AppendUint64(nil, uint64(shop)) //nolint:gosec // an id is positive
	said = binary.BigEndian.AppendUint64(said, uint64(until.Unix()))
	said = append(said, sum...)
	return base64.RawURLEncoding.EncodeToString(append(said, l.MAC(said, linkContext)...))
}

// Read gives what a token names. ok is false for one that isn't ours or whose
// time is over; the two are not told apart, so that nothing is learnt by trying.
func (l Links) Read(token string, now time.Time) (shop id.Shop, file blob.Hash, ok bool) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) != linkSize+macSize || l.MAC == nil {
		return 0, "", false
	}
	said, mac := raw[:linkSize], raw[linkSize:]
	if !hmac.Equal(mac, l.MAC(said, linkContext)) {
		return 0, "", false
	}
	until := time.Unix(int64(binary.BigEndian.Uint64(said[8:16])), 0) //nolint:gosec // signed by us
	if !now.Before(until) {
		return 0, "", false
	}
	return id.Shop(binary.BigEndian.Uint64(said[:8])), blob.Hash(hex.EncodeToString(said[16:])), true //nolint:gosec // signed by us
}

// link is a file that goes as an address.
type link struct {
	file  desk.File
	url   string
	until time.Time
}

// linked writes the addresses of files below an answer, as HTML and as text.
func linked(links []link, zone *time.Location, language string) (asHTML, asText string) {
	if len(links) == 0 {
		return "", ""
	}
	intro := func(day string) string {
		if language == "en" {
			return "To download until " + day + ":"
		}
		return "À télécharger jusqu’au " + day + " :"
	}
	var h, t strings.Builder
	for _, l := range links {
		said := intro(lang.ShortDate(l.until.In(zone)))
		h.WriteString("<p>" + html.EscapeString(said) + ` <a href="` + html.EscapeString(l.url) + `">` + html.EscapeString(l.file.Name) + "</a></p>")
		t.WriteString("\n\n" + said + " " + l.file.Name + "\n" + l.url)
	}
	return h.String(), t.String()
}
