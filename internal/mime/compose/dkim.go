package compose

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
)

// DKIMKey signs for one domain and selector.
type DKIMKey struct {
	domain, selector, algorithm string
	signer                      crypto.Signer
	hash                        crypto.Hash // what Sign is told: none for Ed25519
}

// minRSABits: verifiers reject shorter keys (RFC 8301, 3.2).
const minRSABits = 1024

// ParseDKIMKey reads an RSA or Ed25519 private key in PEM (PKCS #8, or PKCS #1
// as opendkim-genkey writes it). Errors are fault.Invalid.
func ParseDKIMKey(pemText []byte, domain, selector string) (*DKIMKey, error) {
	domain, err := hostName(domain)
	if err != nil {
		return nil, fault.Wrong("dkim_domain", "no domain name")
	}
	if selector, err = hostName(selector); err != nil {
		return nil, fault.Wrong("dkim_selector", "no selector")
	}
	blockOf, _ := pem.Decode(pemText)
	if blockOf == nil {
		return nil, fault.Wrong("dkim_key", "no PEM text")
	}
	private, err := x509.ParsePKCS8PrivateKey(blockOf.Bytes)
	if err != nil {
		if private, err = x509.ParsePKCS1PrivateKey(blockOf.Bytes); err != nil {
			return nil, fault.Wrong("dkim_key", "no RSA or Ed25519 private key")
		}
	}
	k := &DKIMKey{domain: strings.ToLower(domain), selector: selector}
	switch key := private.(type) {
	case *rsa.PrivateKey:
		if key.N.BitLen() < minRSABits {
			return nil, fault.Wrong("dkim_key", "the RSA key is shorter than 1024 bits")
		}
		k.signer, k.algorithm, k.hash = key, "rsa-sha256", crypto.SHA256
	case ed25519.PrivateKey:
		k.signer, k.algorithm = key, "ed25519-sha256"
	default:
		return nil, fault.Wrong("dkim_key", "no RSA or Ed25519 private key")
	}
	return k, nil
}

// signedFields are signed where present (RFC 6376, 5.4.1). From is named once
// more than it occurs, so that nobody can add a second one (8.15).
var signedFields = []string{
	"From", "To", "Cc", "Subject", "Date", "Message-ID", "Reply-To", "In-Reply-To", "References",
	"List-Unsubscribe", "List-Unsubscribe-Post", // or nobody believes them (RFC 8058, 4)
	"Auto-Submitted", "Content-Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
}

// Sign puts a DKIM-Signature in front of raw, relaxed/relaxed, stamped now.
// Both kinds of key give the same bytes for the same input.
func Sign(raw []byte, k *DKIMKey, now time.Time) ([]byte, error) {
	head, text, found := bytes.Cut(raw, []byte("\r\n\r\n"))
	if !found {
		return nil, fault.Wrong("raw", "the mail has no end of header")
	}
	present := canonicalFields(string(head))
	var names, signed []string
	for _, name := range signedFields {
		if field, ok := present[strings.ToLower(name)]; ok {
			names, signed = append(names, name), append(signed, field)
		}
	}
	bodyHash := sha256.Sum256(relaxedBody(text))
	var h header
	h.add("DKIM-Signature", signatureTags(k, now, append(names, "From"), bodyHash[:])...)
	field := strings.TrimSuffix(h.String(), "\r\n")

	digest := sha256.Sum256([]byte(strings.Join(append(signed, relaxedField(field)), "\r\n")))
	signature, err := k.signer.Sign(nil, digest[:], k.hash) // RFC 8463, 3: Ed25519 signs the digest
	if err != nil {
		return nil, fmt.Errorf("compose: sign: %w", err)
	}
	out := make([]byte, 0, len(raw)+len(field)+600)
	out = append(out, field...)
	for encoded := base64.StdEncoding.EncodeToString(signature); encoded != ""; {
		n := min(72, len(encoded))
		out = append(append(out, "\r\n "...), encoded[:n]...)
		encoded = encoded[n:]
	}
	out = append(out, "\r\n"...)
	return append(out, raw...), nil
}

// signatureTags ends with an empty b=, which is what gets signed.
func signatureTags(k *DKIMKey, now time.Time, names []string, bodyHash []byte) []string {
	tags := []string{
		"v=1;", "a=" + k.algorithm + ";", "c=relaxed/relaxed;", "d=" + k.domain + ";", "s=" + k.selector + ";",
		fmt.Sprintf("t=%d;", now.Unix()),
	}
	for i, name := range names {
		start, end := "", ":"
		if i == 0 {
			start = "h="
		}
		if i == len(names)-1 {
			end = ";"
		}
		tags = append(tags, start+name+end)
	}
	return append(tags, "bh="+base64.StdEncoding.EncodeToString(bodyHash)+";", "b=")
}

// canonicalFields maps lower-case names to relaxed fields. Of a field that
// occurs twice the last counts, as RFC 6376, 5.4.2 says; Build writes none twice.
func canonicalFields(head string) map[string]string {
	fields := map[string]string{}
	var field string
	keep := func() {
		if name, _, ok := strings.Cut(field, ":"); ok {
			fields[strings.ToLower(strings.TrimSpace(name))] = relaxedField(field)
		}
	}
	for line := range strings.SplitSeq(head, "\r\n") {
		if strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") {
			field += "\r\n" + line
			continue
		}
		keep()
		field = line
	}
	keep()
	return fields
}

// relaxedField: lower-case name, unfolded, white space as one space (RFC 6376, 3.4.2).
func relaxedField(field string) string {
	name, value, _ := strings.Cut(field, ":")
	words := strings.FieldsFunc(value, func(r rune) bool { return r == ' ' || r == '\t' || r == '\r' || r == '\n' })
	return strings.ToLower(strings.TrimSpace(name)) + ":" + strings.Join(words, " ")
}

// relaxedBody: white space as one space, none at line ends, no empty lines at
// the end (RFC 6376, 3.4.4).
func relaxedBody(text []byte) []byte {
	out := make([]byte, 0, len(text))
	kept := 0 // length without the empty lines at the end
	for line := range bytes.SplitSeq(bytes.TrimSuffix(text, []byte("\r\n")), []byte("\r\n")) {
		space := false
		for _, c := range line {
			if c == ' ' || c == '\t' {
				space = true
				continue
			}
			if space {
				out = append(out, ' ')
				space = false
			}
			out = append(out, c)
		}
		if n := len(out); n > kept && !bytes.HasSuffix(out, []byte("\r\n")) {
			kept = n + 2
		}
		out = append(out, '\r', '\n')
	}
	return out[:min(kept, len(out))]
}
