package mime

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"strconv"
	"strings"
)

// fingerprint is the same for two copies of one message that came by different
// ways (I1): trace fields, transfer encodings, boundaries and line ends don't
// enter it, only From, Date, Subject and the decoded leaves.
func fingerprint(m *Mail, c *collected) string {
	sum := sha256.New()
	put(sum, m.From.Name, m.From.Address, m.Subject)
	if m.HasDate {
		put(sum, strconv.FormatInt(m.Date.Unix(), 10))
	}
	for _, p := range c.passages {
		put(sum, squeezed(p.text), squeezed(p.html))
	}
	for _, a := range c.attachments {
		digest := a.SHA256
		if strings.HasPrefix(a.Type, "text/") || strings.HasPrefix(a.Type, "message/") { // line ends change on the way
			text := sha256.Sum256([]byte(squeezed(string(a.Content))))
			digest = hex.EncodeToString(text[:])
		}
		put(sum, a.Type, digest)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// put writes each value with its length, so that values can't run together.
func put(sum hash.Hash, values ...string) {
	for _, v := range values {
		sum.Write([]byte(strconv.Itoa(len(v)) + ":" + v))
	}
}

// squeezed drops blanks at line ends and empty lines at the end.
func squeezed(s string) string {
	if strings.TrimSpace(s) == "" {
		return ""
	}
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\r")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}
