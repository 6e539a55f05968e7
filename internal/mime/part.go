package mime

import (
	"bytes"
	"strings"
)

// Bounds of the tree. Deeper or more parts are kept whole, as one attachment.
const (
	maxDepth = 24
	maxParts = 2000
)

// part is a node of the MIME tree (RFC 2046); body points into the mail.
type part struct {
	header      header
	kind        structured // Content-Type, value never empty
	disposition structured
	body        []byte // undecoded
	preamble    []byte // what stands before the first part (RFC 2046, 5.1.1)
	children    []*part
	parent      *part
	opaque      bool // the bounds were reached: keep as it came
}

// reader cuts a mail into parts and remembers what was wrong with it.
type reader struct {
	parts    int
	warnings []string
}

const maxWarnings = 50

func (r *reader) warn(text string) {
	for _, w := range r.warnings {
		if w == text {
			return
		}
	}
	if len(r.warnings) < maxWarnings {
		r.warnings = append(r.warnings, text)
	}
}

// newPart reads a part's own fields; fallback is the type when none is said.
func (r *reader) newPart(h header, body []byte, fallback string, depth int) *part {
	r.parts++
	p := &part{
		header:      h,
		kind:        parseStructured(h.first("content-type")),
		disposition: parseStructured(h.first("content-disposition")),
		body:        body,
	}
	if !strings.Contains(p.kind.value, "/") {
		switch p.kind.value {
		case "text", "html":
			p.kind.value = map[string]string{"text": "text/plain", "html": "text/html"}[p.kind.value]
		default:
			p.kind.value = fallback
		}
	}
	switch {
	case strings.HasPrefix(p.kind.value, "multipart/"):
		r.split(p, depth)
	case p.maySign():
		r.unwrap(p, depth)
	}
	return p
}

// split cuts a multipart body at its boundary. A boundary that is missing or
// never occurs is looked for in the body; without any the body is one text.
func (r *reader) split(p *part, depth int) {
	if depth >= maxDepth {
		r.warn("parts nested too deeply are kept as one attachment")
		p.kind.value, p.opaque = "application/octet-stream", true
		return
	}
	boundary := strings.TrimRight(p.kind.params["boundary"], " \t")
	sections, closed := [][]byte(nil), false
	if boundary != "" {
		sections, closed = cutSections(p.body, boundary)
	}
	if len(sections) == 0 {
		if guess := guessBoundary(p.body); guess != "" {
			r.warn("the boundary of a multipart was guessed")
			sections, closed = cutSections(p.body, guess)
		}
	}
	if len(sections) == 0 {
		if len(bytes.TrimSpace(p.body)) > 0 {
			r.warn("a multipart without parts is read as text")
		}
		p.kind = structured{value: "text/plain", params: p.kind.params}
		return
	}
	if i := bytes.Index(p.body, []byte("\n--")); i > 0 && !bytes.HasPrefix(p.body, []byte("--")) {
		p.preamble = p.body[:i]
	}
	if !closed {
		r.warn("a multipart is not closed by its boundary")
	}
	fallback := "text/plain"
	if p.kind.value == "multipart/digest" { // RFC 2046, 5.1.5
		fallback = "message/rfc822"
	}
	for i, section := range sections {
		if r.parts >= maxParts {
			r.warn("parts beyond the limit are kept as one attachment")
			p.add(&part{kind: structured{value: "application/octet-stream"}, body: bytes.Join(sections[i:], nil), opaque: true})
			return
		}
		h, body := sectionHeader(section)
		p.add(r.newPart(h, body, fallback, depth+1))
	}
}

func (p *part) add(child *part) {
	child.parent = p
	p.children = append(p.children, child)
}

// sectionHeader reads the header of a body part; a part may have none.
func sectionHeader(section []byte) (header, []byte) {
	line, rest := nextLine(section)
	if len(bytes.TrimSpace(line)) == 0 {
		// Two blank lines where one belongs: the fields follow all the same.
		if next, _ := nextLine(rest); bytes.HasPrefix(bytes.ToLower(next), []byte("content-")) {
			h, body, _ := readHeader(rest)
			return h, body
		}
		return nil, rest
	}
	h, body, _ := readHeader(section)
	if len(h) == 0 {
		return nil, section
	}
	return h, body
}

// cutSections gives what stands between the boundary lines (RFC 2046, 5.1.1);
// the line break before a boundary belongs to it.
func cutSections(body []byte, boundary string) (sections [][]byte, closed bool) {
	mark := []byte("--" + boundary)
	start, at := -1, 0
	for at < len(body) {
		i := bytes.Index(body[at:], mark)
		if i < 0 {
			break
		}
		i += at
		end, final, ok := boundaryLine(body, i, len(mark))
		if !ok {
			at = i + len(mark)
			continue
		}
		if start >= 0 {
			sections = append(sections, trimLastBreak(body[start:i]))
		}
		start, at = end, end
		if final {
			return sections, true
		}
	}
	if start >= 0 && len(bytes.TrimSpace(body[start:])) > 0 {
		sections = append(sections, body[start:])
	}
	return sections, false
}

// boundaryLine checks that the mark at i is a line of its own, and gives where
// the next line begins.
func boundaryLine(body []byte, i, length int) (end int, final, ok bool) {
	if i > 0 && body[i-1] != '\n' {
		return 0, false, false
	}
	line, rest := nextLine(body[i+length:])
	tail := bytes.TrimRight(line, " \t\r")
	if bytes.HasPrefix(tail, []byte("--")) {
		final, tail = true, bytes.TrimLeft(tail[2:], " \t-")
	}
	return len(body) - len(rest), final, len(bytes.TrimLeft(tail, " \t")) == 0
}

func trimLastBreak(b []byte) []byte {
	b = bytes.TrimSuffix(b, []byte("\n"))
	return bytes.TrimSuffix(b, []byte("\r"))
}

// guessBoundary takes the first "--x" line that a part header follows.
func guessBoundary(body []byte) string {
	for rest := body; len(rest) > 0; {
		var line []byte
		line, rest = nextLine(rest)
		if !bytes.HasPrefix(line, []byte("--")) || len(line) < 4 || len(line) > 202 {
			continue
		}
		next, _ := nextLine(rest)
		if bytes.HasPrefix(bytes.ToLower(next), []byte("content-")) {
			return strings.TrimRight(string(line[2:]), " \t\r")
		}
	}
	return ""
}

func (p *part) isText() bool { return strings.HasPrefix(p.kind.value, "text/") }

// content is the decoded body, before any charset.
func (p *part) content(r *reader) []byte {
	encoding := p.header.first("content-transfer-encoding")
	if strings.HasPrefix(p.kind.value, "message/") && !strings.EqualFold(strings.TrimSpace(encoding), "base64") &&
		!strings.EqualFold(strings.TrimSpace(encoding), "quoted-printable") {
		return p.body
	}
	decoded, ok := decodeTransfer(p.body, encoding)
	if !ok {
		r.warn("a part's transfer encoding is damaged or unknown")
		if p.isText() && strings.Contains(strings.ToLower(encoding), "base64") {
			return decodeTextBase64(p.body)
		}
	}
	return decoded
}

// text is the decoded body as UTF-8 with LF line ends.
func (p *part) text(r *reader) string {
	content := p.content(r)
	charset := p.kind.params["charset"]
	if charset == "" && p.kind.value == "text/html" {
		charset = metaCharset(content)
	}
	if !knownCharset(charset) {
		r.warn("unknown charset: read as Windows-1252 or UTF-8")
	}
	s := toUTF8(content, charset)
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	return s
}

// metaCharset reads the charset that an HTML page says of itself.
func metaCharset(b []byte) string {
	low := bytes.ToLower(b[:min(len(b), 2048)])
	i := bytes.Index(low, []byte("charset="))
	if i < 0 || bytes.IndexByte(low, '<') < 0 {
		return ""
	}
	v := bytes.TrimLeft(low[i+len("charset="):], `"' `)
	end := bytes.IndexFunc(v, func(r rune) bool { return strings.ContainsRune("\"' ;/>\r\n\t", r) })
	if end < 0 {
		return ""
	}
	if c := string(v[:end]); !isWide(c) { // it was read as ASCII up to here
		return c
	}
	return ""
}
