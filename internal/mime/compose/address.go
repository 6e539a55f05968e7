package compose

import (
	"errors"
	"strings"

	"golang.org/x/net/idna"
)

var (
	errAddress = errors.New("no mail address")
	// errLocalPart: such an address needs SMTPUTF8 on the whole way (RFC 6531);
	// our bytes are 7-bit.
	errLocalPart = errors.New("the part before the @ has letters outside ASCII")
)

// addressTokens writes a list of addresses as tokens of a header.
func addressTokens(list []Address) ([]string, error) {
	var tokens []string
	for i, a := range list {
		spec, err := AddrSpec(a.Address)
		if err != nil {
			return nil, err
		}
		if name := nameTokens(a.Name); len(name) > 0 {
			tokens = append(tokens, name...)
			spec = "<" + spec + ">"
		}
		if i < len(list)-1 {
			spec += ","
		}
		tokens = append(tokens, spec)
	}
	return tokens, nil
}

// nameTokens writes a display name: bare atoms, a quoted string, or encoded
// words. Quotes and backslashes are encoded, since readers disagree on them.
func nameTokens(name string) []string {
	name = cut(oneLine(name), maxName)
	if name == "" {
		return nil
	}
	words := strings.Split(name, " ")
	if needsEncoding(name, words) || strings.ContainsAny(name, `"\`) {
		return encodedWords(name)
	}
	for _, w := range words {
		if !isAtom(w) {
			return strings.Split(`"`+name+`"`, " ")
		}
	}
	return words
}

// AddrSpec checks an address and writes it for a header or an SMTP command, its
// domain in ASCII. A local part that is
// no dot-atom is quoted: "jean..luc"@example.net exists.
func AddrSpec(address string) (string, error) {
	at := strings.LastIndexByte(address, '@')
	if at < 1 || at == len(address)-1 || len(address) > 320 {
		return "", errAddress
	}
	local, domain := address[:at], address[at+1:]
	if !isASCII(local) {
		return "", errLocalPart
	}
	local, err := localPart(local)
	if err != nil {
		return "", err
	}
	domain, err = hostName(domain)
	if err != nil {
		return "", err
	}
	return local + "@" + domain, nil
}

func localPart(local string) (string, error) {
	if len(local) >= 2 && local[0] == '"' && local[len(local)-1] == '"' {
		local = strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(local[1 : len(local)-1])
	}
	for i := range len(local) {
		// A space is legal in quotes; nobody has one, and header folding lives on spaces.
		if local[i] <= ' ' || local[i] > '~' || local[i] == '<' || local[i] == '>' {
			return "", errAddress
		}
	}
	dotted := local != ""
	for atom := range strings.SplitSeq(local, ".") {
		dotted = dotted && isAtom(atom)
	}
	if dotted {
		return local, nil
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(local) + `"`, nil
}

// hostName brings a domain into ASCII (RFC 5890) and checks its letters. An
// address literal is no address of a customer.
func hostName(domain string) (string, error) {
	if !isASCII(domain) {
		ascii, err := idna.Lookup.ToASCII(domain)
		if err != nil {
			return "", errAddress
		}
		domain = ascii
	}
	for label := range strings.SplitSeq(domain, ".") {
		if label == "" || len(label) > 63 {
			return "", errAddress
		}
		for i := range len(label) {
			c := label[i]
			if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
				return "", errAddress
			}
		}
	}
	return domain, nil
}

// isAtom tells whether s is an atom (RFC 5322, 3.2.3).
func isAtom(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("!#$%&'*+-/=?^_`{|}~", c) >= 0) {
			return false
		}
	}
	return s != ""
}
