package compose

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/fault"
)

// part is a leaf with a body already encoded, or a multipart with kids.
type part struct {
	header   header
	body     []byte
	boundary string
	kids     []part
}

func (p part) write(out *bytes.Buffer) {
	out.Write(p.header.Bytes())
	out.WriteString("\r\n")
	out.Write(p.body)
	for i, kid := range p.kids {
		if i > 0 {
			out.WriteString("\r\n")
		}
		out.WriteString("--" + p.boundary + "\r\n")
		kid.write(out)
	}
	if p.kids != nil {
		out.WriteString("\r\n--" + p.boundary + "--\r\n")
	}
}

// body builds the MIME tree of m.
func body(m Message) (part, error) {
	root := alternative(m)
	var inline, attached []part
	for _, f := range m.Files {
		shown := f.Inline && f.ContentID != "" && m.HTML != ""
		p, err := filePart(f, shown)
		if err != nil {
			return part{}, err
		}
		if shown {
			inline = append(inline, p)
		} else {
			attached = append(attached, p)
		}
	}
	if len(inline) > 0 {
		root = multipart(m, "related", append([]part{root}, inline...), `type="multipart/alternative"`)
	}
	if len(attached) > 0 {
		root = multipart(m, "mixed", append([]part{root}, attached...))
	}
	return root, nil
}

func alternative(m Message) part {
	text := textPart("plain", plainBody(m))
	if m.HTML == "" {
		return text
	}
	return multipart(m, "alternative", []part{text, textPart("html", page(m))})
}

// multipart joins kids under a boundary that is a function of the Message-ID.
// "=_" occurs in no quoted-printable and no base64 (RFC 2045, 6.7), so no
// content can forge it.
func multipart(m Message, kind string, kids []part, params ...string) part {
	sum := sha256.Sum256([]byte(kind + "\x00" + cleanID(m.MessageID)))
	p := part{boundary: "=_" + kind[:3] + "_" + hex.EncodeToString(sum[:12]), kids: kids}
	tokens := []string{"multipart/" + kind + ";"}
	for _, param := range params {
		tokens = append(tokens, param+";")
	}
	p.header.add("Content-Type", append(tokens, `boundary="`+p.boundary+`"`)...)
	return p
}

func textPart(kind, text string) part {
	var p part
	p.header.add("Content-Type", "text/"+kind+";", "charset=utf-8")
	p.header.add("Content-Transfer-Encoding", "quoted-printable")
	var b bytes.Buffer
	w := quotedprintable.NewWriter(&b)
	// Writing to memory cannot fail.
	_, _ = w.Write([]byte(cleanText(text)))
	_ = w.Close()
	p.body = b.Bytes()
	return p
}

// cleanText is valid UTF-8 with \n at line ends and no other control but tab.
func cleanText(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

func filePart(f File, shown bool) (part, error) {
	var p part
	name := fileName(f.Name)
	p.header.add("Content-Type", withParam(fileType(f.Type), "name", name)...)
	p.header.add("Content-Transfer-Encoding", "base64")
	disposition := "attachment"
	if shown {
		disposition = "inline"
		id := cleanID(f.ContentID)
		if id == "" {
			return part{}, fault.Wrong("files", "the Content-ID cannot stand in a header")
		}
		p.header.add("Content-ID", "<"+id+">")
	}
	p.header.add("Content-Disposition", withParam([]string{disposition}, "filename", name)...)
	p.body = base64Lines(f.Content)
	return p, nil
}

// fileType gives type/subtype, with charset where one is told. What MIME
// treats as structure (multipart, message) travels as plain bytes, since it
// may not be base64 (RFC 2046, 5.2.1).
func fileType(s string) []string {
	const unknown = "application/octet-stream"
	media, params, err := mime.ParseMediaType(s)
	kind, sub, found := strings.Cut(media, "/")
	if err != nil || !found || !isAtom(kind) || !isAtom(sub) || len(media) > maxWord || kind == "multipart" || kind == "message" {
		return []string{unknown}
	}
	if charset := params["charset"]; isAtom(charset) && len(charset) < 40 && !strings.ContainsAny(charset, "=?/") {
		return []string{media + ";", "charset=" + charset}
	}
	return []string{media}
}

// fileName is the last element of a path, in one line; a file without a name
// gets one.
func fileName(s string) string {
	s = strings.NewReplacer("/", "_", `\`, "_").Replace(oneLine(s))
	s = strings.TrimLeft(s, ". ")
	if s == "" {
		return "file"
	}
	r := []rune(s)
	if len(r) > maxFileName { // keep the ending, it says what the file is
		r = append(r[:maxFileName-20], r[len(r)-20:]...)
	}
	return string(r)
}

// withParam adds a parameter: quoted where it is plain ASCII, else as RFC 2231
// says, in pieces where it is long.
func withParam(tokens []string, name, value string) []string {
	last := len(tokens) - 1
	tokens[last] += ";"
	if isASCII(value) && len(value) <= 55 && !strings.ContainsAny(value, `"`) && !strings.Contains(value, "=?") {
		return append(tokens, strings.Split(name+`="`+value+`"`, " ")...)
	}
	pieces := percentPieces(value, 45)
	if len(pieces) == 1 {
		return append(tokens, name+"*=utf-8''"+pieces[0])
	}
	for i, piece := range pieces {
		charset, end := "", ";"
		if i == 0 {
			charset = "utf-8''"
		}
		if i == len(pieces)-1 {
			end = ""
		}
		tokens = append(tokens, fmt.Sprintf("%s*%d*=%s%s%s", name, i, charset, piece, end))
	}
	return tokens
}

// percentPieces writes s in RFC 2231's alphabet, cut into pieces of at most
// room characters, never inside a rune.
func percentPieces(s string, room int) []string {
	var pieces []string
	var b strings.Builder
	for _, r := range s {
		var enc strings.Builder
		for _, c := range []byte(string(r)) {
			if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-_.", c) >= 0 {
				enc.WriteByte(c)
			} else {
				fmt.Fprintf(&enc, "%%%02X", c)
			}
		}
		if b.Len() > 0 && b.Len()+enc.Len() > room {
			pieces = append(pieces, b.String())
			b.Reset()
		}
		b.WriteString(enc.String())
	}
	return append(pieces, b.String())
}

// base64Lines encodes in lines of 76 (RFC 2045, 6.8).
func base64Lines(content []byte) []byte {
	const perLine = 57
	out := make([]byte, 0, len(content)*137/100+4)
	for len(content) > 0 {
		n := min(perLine, len(content))
		out = base64.StdEncoding.AppendEncode(out, content[:n])
		out = append(out, '\r', '\n')
		content = content[n:]
	}
	return out
}
