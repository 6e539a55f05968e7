package mime

import (
	"bytes"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/pattern"
)

// recipient is one per-recipient group of a delivery-status part.
type recipient struct{ address, action, status, diagnostic string }

const maxRecipients = 200

// parseStatus reads the groups of a message/delivery-status part (RFC 3464, 2)
// and of texts that imitate one. Groups stand apart by empty lines; some
// systems also put empty lines inside, so a new recipient begins a group too.
func parseStatus(b []byte) []recipient {
	var list []recipient
	var current map[string]string
	flush := func() {
		if r, ok := newRecipient(current); ok && len(list) < maxRecipients {
			list = append(list, r)
		}
		current = nil
	}
	last := ""
	for rest := b[:min(len(b), 4<<20)]; len(rest) > 0 && len(list) < maxRecipients; {
		var line []byte
		line, rest = nextLine(rest)
		if len(bytes.TrimSpace(line)) == 0 {
			last = ""
			if current["action"] != "" || current["status"] != "" {
				flush()
			}
			continue
		}
		if (line[0] == ' ' || line[0] == '\t') && last != "" {
			if v := current[last]; len(v) < 4096 {
				current[last] = v + " " + string(bytes.TrimSpace(line))
			}
			continue
		}
		name, value, ok := cutField(bytes.TrimSpace(line))
		if !ok || !statusField[name] {
			last = ""
			continue
		}
		if (name == "final-recipient" || name == "action") && current[name] != "" {
			flush()
		}
		if current == nil {
			current = make(map[string]string, 6)
		}
		if current[name] == "" {
			current[name] = value
		}
		last = name
	}
	flush()
	return list
}

var statusField = map[string]bool{
	"original-recipient": true, "final-recipient": true, "x-actual-recipient": true, "action": true,
	"status": true, "diagnostic-code": true, "remote-mta": true, "x-failed-recipient": true,
}

func newRecipient(f map[string]string) (recipient, bool) {
	r := recipient{
		action:     normalAction(f["action"]),
		status:     enhancedStatus(f["status"]),
		diagnostic: toUTF8([]byte(f["diagnostic-code"]), ""),
	}
	// The address that we wrote to is the one to match with what we sent.
	for _, name := range []string{"original-recipient", "final-recipient", "x-actual-recipient", "x-failed-recipient"} {
		if a := typedAddress(f[name]); a != "" {
			r.address = a
			break
		}
	}
	if generic := r.status == "" || strings.HasSuffix(r.status, ".0.0"); generic {
		if s := enhancedStatus(r.diagnostic); s != "" && (r.status == "" || s[0] == r.status[0]) {
			r.status = s
		}
	}
	return r, r.address != "" || r.action != "" || (r.status != "" && f["final-recipient"] != "")
}

// typedAddress reads "rfc822; camille@example.fr" (RFC 3464, 2.3.1).
func typedAddress(v string) string {
	if _, after, found := strings.Cut(v, ";"); found {
		v = after
	}
	for _, a := range parseAddresses(v) {
		if a.Address != "" {
			return a.Address
		}
	}
	return ""
}

func normalAction(v string) string {
	v = strings.ToLower(strings.TrimSpace(v))
	for _, known := range []string{"failed", "delayed", "delivered", "relayed", "expanded"} {
		if strings.HasPrefix(v, known) {
			return known
		}
	}
	switch {
	case strings.HasPrefix(v, "fail"), strings.HasPrefix(v, "expired"), strings.HasPrefix(v, "reject"), strings.HasPrefix(v, "deny"), strings.HasPrefix(v, "hardfail"):
		return "failed"
	case strings.HasPrefix(v, "delay"), strings.HasPrefix(v, "defer"):
		return "delayed"
	}
	return ""
}

var (
	enhancedCode = pattern.Of(`(?:^|[^\d.])([245]\.\d{1,3}\.\d{1,3})(?:[^\d.]|\.\D|\.?$)`)
	smtpCode     = pattern.Of(`(?:^|[^\d.])([45])\d\d[ -]`)
)

// enhancedStatus finds an enhanced status code (RFC 3463) in a text.
func enhancedStatus(v string) string {
	if m := enhancedCode.FindStringSubmatch(v); m != nil {
		return m[1]
	}
	return ""
}
