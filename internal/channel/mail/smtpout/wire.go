package smtpout

import (
	"bytes"
	"errors"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/mime/compose"
)

var errWireAddress = errors.New("no mail address")

// wireAddress writes an address for MAIL and RCPT. utf8 tells that it needs
// SMTPUTF8 (RFC 6531): the domain alone never does.
func wireAddress(address string) (wire string, utf8 bool, err error) {
	at := strings.LastIndexByte(address, '@')
	if at < 1 {
		return "", false, errWireAddress
	}
	if isASCII(address[:at]) {
		wire, err = compose.AddrSpec(address)
		return wire, false, err
	}
	for _, r := range address[:at] {
		if r <= ' ' || r == 0x7f || strings.ContainsRune(`<>()[]\,;:"@`, r) {
			return "", false, errWireAddress
		}
	}
	domain, err := compose.AddrSpec("x" + address[at:])
	if err != nil {
		return "", false, err
	}
	return address[:at] + domain[1:], true, nil
}

// shape is what the bytes ask of a server.
type shape struct {
	eightBit     bool // needs 8BITMIME (RFC 6152)
	utf8Headers  bool // needs SMTPUTF8 (RFC 6531)
	uncarriable  string
	endsWithCRLF bool
}

// inspect looks at the bytes once. Bare CR or LF is refused: servers disagree
// on what it ends, and a dot behind it could smuggle a second mail in.
func inspect(raw []byte) shape {
	s := shape{endsWithCRLF: bytes.HasSuffix(raw, []byte("\r\n"))}
	if len(raw) == 0 {
		s.uncarriable = "the mail is empty"
		return s
	}
	inHeader := true
	for rest := raw; len(rest) > 0; {
		line, after, _ := bytes.Cut(rest, []byte("\r\n"))
		rest = after
		if len(line) > 998 {
			s.uncarriable = "a line is longer than 998 octets"
		}
		if bytes.ContainsAny(line, "\r\n") {
			s.uncarriable = "a line ends with a bare CR or LF"
		}
		if len(line) == 0 {
			inHeader = false
		}
		if !isASCII(line) {
			s.eightBit = true
			s.utf8Headers = s.utf8Headers || inHeader
		}
	}
	return s
}

// dotStuffed doubles the dot that begins a line (RFC 5321, 4.5.2) and ends the
// last line, so that only the terminating dot is missing. Most mails are
// returned as they are.
func dotStuffed(raw []byte, endsWithCRLF bool) []byte {
	if !endsWithCRLF {
		raw = append(raw[:len(raw):len(raw)], '\r', '\n')
	}
	if raw[0] == '.' {
		raw = append([]byte{'.'}, raw...)
	}
	if !bytes.Contains(raw, []byte("\r\n.")) {
		return raw
	}
	return bytes.ReplaceAll(raw, []byte("\r\n."), []byte("\r\n.."))
}

func isASCII[T string | []byte](s T) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
