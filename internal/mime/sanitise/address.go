package sanitise

import (
	"encoding/base64"
	"net/url"
	"regexp"
	"strings"
)

// link judges the address that a click opens.
func link(raw string) (string, bool) {
	u, ok := parsedURL(raw)
	if !ok {
		return "", false
	}
	switch u.Scheme {
	case "http", "https":
		if u.Host == "" {
			return "", false
		}
	case "mailto", "tel":
	default:
		return "", false
	}
	return u.String(), true
}

// maxDataPicture is the longest data: address that is kept. Small pictures sit
// in signatures; big ones come as parts.
const maxDataPicture = 100 << 10

var dataPicture = regexp.MustCompile(`^data:image/(?:png|jpeg|gif|webp);base64,([A-Za-z0-9+/]+={0,2})$`)

// picture judges the address of an <img>. A relative address would ask our own
// server and is dropped.
func (c *cleaner) picture(raw string, remote *bool) (string, bool) {
	if c.final && c.options.CIDURL == nil && strings.HasPrefix(raw, "/") && !strings.HasPrefix(raw, "//") {
		return raw, true // written by CIDURL in the first round
	}
	if isRemote(raw) {
		u, ok := parsedURL(raw)
		if c.options.AllowRemote && c.rules.pictures && ok && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
			return u.String(), true
		}
		*remote = true
		return "", false
	}
	u, ok := parsedURL(raw)
	if !ok {
		return "", false
	}
	switch u.Scheme {
	case "cid":
		if c.options.CIDURL == nil {
			return u.String(), true
		}
		id, err := url.PathUnescape(u.Opaque)
		if err != nil {
			return "", false
		}
		address := c.options.CIDURL(id)
		return address, address != ""
	case "data":
		return dataAddress(raw, c.rules.pictures)
	}
	return "", false
}

func dataAddress(raw string, pictures bool) (string, bool) {
	if !pictures || len(raw) > maxDataPicture {
		return "", false
	}
	raw = strings.Join(strings.Fields(raw), "")
	m := dataPicture.FindStringSubmatch(raw)
	if m == nil {
		return "", false
	}
	if _, err := base64.StdEncoding.DecodeString(m[1]); err != nil {
		return "", false
	}
	return raw, true
}

// background judges the old attribute of tables; with AllowRemote a remote
// picture may stand there.
func (c *cleaner) background(raw string, remote *bool) (string, bool) {
	if !hasRemote(raw) {
		return "", false
	}
	*remote = true
	if !c.options.AllowRemote {
		return "", false
	}
	return link(raw)
}

// isRemote: the address leads to another host. Browsers read "\" as "/" and
// skip controls in front.
func isRemote(raw string) bool {
	s := strings.ToLower(strings.Map(func(r rune) rune {
		switch {
		case r <= ' ' || r == 0x7f:
			return -1
		case r == '\\':
			return '/'
		}
		return r
	}, raw))
	if strings.HasPrefix(s, "//") {
		return true
	}
	scheme, _, found := strings.Cut(s, ":")
	return found && (scheme == "http" || scheme == "https" || scheme == "ftp" || scheme == "ws" || scheme == "wss")
}

// hasRemote finds a remote address anywhere in a value, as in srcset.
func hasRemote(s string) bool {
	s = strings.ToLower(s)
	return isRemote(s) || strings.Contains(s, "//")
}
