package mime

import (
	"bytes"
	"strings"
)

// layerDepth is how many levels of the tree one signed layer costs: each is a
// copy of what it signs, so that four of them (RFC 2634, 1.1 knows three) are
// the most that a mail may make us hold.
const layerDepth = maxDepth / 4

// maySign tells the types under which programs send a mail inside its own
// signature (RFC 8551, 3.2 and 3.9).
func (p *part) maySign() bool {
	switch p.kind.value {
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		return true
	case "application/octet-stream":
		return strings.HasSuffix(strings.ToLower(p.fileName()), ".p7m")
	}
	return false
}

// unwrap reads the mail that an opaque S/MIME signature holds, which would be a
// file without words otherwise. The signature itself is not checked: what it
// says of the sender counts no more than the From. Encrypted mail, lists of
// certificates and signed files (invoice.pdf.p7m) stay attachments.
func (r *reader) unwrap(p *part, depth int) {
	if depth+layerDepth > maxDepth {
		r.warn("signatures nested too deeply are kept as attachments")
		return
	}
	content, ok := signedContent(p.content(r))
	if !ok {
		return
	}
	if h, body := sectionHeader(content); h.has("content-type") {
		p.add(r.newPart(h, body, "text/plain", depth+layerDepth))
	}
}

// Tags of X.690 and the object identifiers of RFC 5652 (4 and 5.1).
const (
	berInteger     = 0x02
	berOctets      = 0x04
	berOID         = 0x06
	berSequence    = 0x30
	berSet         = 0x31
	berOctetPieces = 0x24
	berExplicit0   = 0xa0
)

var (
	oidData       = []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01}
	oidSignedData = []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02}
)

// signedContent gives the content that a SignedData carries (RFC 5652, 5). Mail
// programs write it as a stream, in BER with open lengths, which encoding/asn1
// doesn't read; only the way down to the content is looked at.
func signedContent(b []byte) ([]byte, bool) {
	info := ber{rest: b}
	info.enter(berSequence)
	isSigned := bytes.Equal(info.take(berOID), oidSignedData)
	info.enter(berExplicit0)
	info.enter(berSequence)
	info.skip(berInteger, 0) // version
	info.skip(berSet, 0)     // digest algorithms
	info.enter(berSequence)
	isData := bytes.Equal(info.take(berOID), oidData)
	info.enter(berExplicit0)
	content := info.octets(nil, 0)
	return content, isSigned && isData && !info.bad && len(content) > 0
}

// ber walks through an encoding; once something is not as asked for, it is bad
// and gives nothing any more.
type ber struct {
	rest []byte
	bad  bool
}

const (
	berOpen     = -1 // a length that is not told: the end is marked
	maxBERDepth = 8
)

// head reads a tag and a length, and stands before the content.
func (b *ber) head() (tag byte, length int) {
	if b.bad || len(b.rest) < 2 || b.rest[0]&0x1f == 0x1f { // no tag of several bytes on our way
		return b.fail()
	}
	tag, first := b.rest[0], b.rest[1]
	b.rest = b.rest[2:]
	switch count := int(first & 0x7f); {
	case first < 0x80:
		length = int(first)
	case count == 0:
		return tag, berOpen
	case count > 4 || count > len(b.rest):
		return b.fail()
	default:
		for _, c := range b.rest[:count] {
			length = length<<8 | int(c)
		}
		b.rest = b.rest[count:]
	}
	if length > len(b.rest) || length < 0 { // cut off, or too long for an int of 32 bits
		return b.fail()
	}
	return tag, length
}

func (b *ber) fail() (byte, int) {
	b.bad, b.rest = true, nil
	return 0, 0
}

// ended takes the mark that ends an open length.
func (b *ber) ended() bool {
	if len(b.rest) >= 2 && b.rest[0] == 0 && b.rest[1] == 0 {
		b.rest = b.rest[2:]
		return true
	}
	return false
}

// enter goes into an element; what follows it is out of reach.
func (b *ber) enter(want byte) {
	tag, length := b.head()
	if tag != want {
		b.fail()
	} else if length != berOpen {
		b.rest = b.rest[:length]
	}
}

// take gives the content of an element and goes past it.
func (b *ber) take(want byte) []byte {
	tag, length := b.head()
	if tag != want || length == berOpen {
		b.fail()
		return nil
	}
	content := b.rest[:length]
	b.rest = b.rest[length:]
	return content
}

// skip goes past an element; a want of 0 is any.
func (b *ber) skip(want byte, depth int) {
	tag, length := b.head()
	switch {
	case b.bad:
	case want != 0 && tag != want, depth > maxBERDepth:
		b.fail()
	case length != berOpen:
		b.rest = b.rest[length:]
	default:
		for !b.bad && !b.ended() {
			b.skip(0, depth+1)
		}
	}
}

// octets appends an octet string, whole or in pieces (X.690, 8.7.3).
func (b *ber) octets(out []byte, depth int) []byte {
	tag, length := b.head()
	switch {
	case b.bad:
	case tag == berOctets && length != berOpen:
		out, b.rest = append(out, b.rest[:length]...), b.rest[length:]
	case tag != berOctetPieces || depth > maxBERDepth:
		b.fail()
	case length == berOpen:
		for !b.bad && !b.ended() {
			out = b.octets(out, depth+1)
		}
	default:
		pieces := ber{rest: b.rest[:length]}
		for !pieces.bad && len(pieces.rest) > 0 {
			out = pieces.octets(out, depth+1)
		}
		b.rest, b.bad = b.rest[length:], pieces.bad
	}
	return out
}
