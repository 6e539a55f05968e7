package mime

import (
	"encoding/binary"
	"strconv"
	"strings"
)

// maxRTF bounds an unpacked RTF body: the format can grow its input manyfold.
const maxRTF = 8 << 20

// rtfDictionary is what every compressed stream starts from (MS-OXRTFCP, 2.1.2.1).
const rtfDictionary = `{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0` +
	"\r\n" + `\par \pard\plain\f0\fs20\b\i\u\tab\tx`

// decompressRTF undoes the LZ packing of Outlook's RTF bodies (MS-OXRTFCP). A
// damaged stream gives what could be read.
func decompressRTF(b []byte) []byte {
	if len(b) < 16 {
		return nil
	}
	packed := b[16:]
	switch binary.LittleEndian.Uint32(b[8:]) {
	case 0x414c454d: // "MELA": stored
		return packed
	case 0x75465a4c: // "LZFu"
	default:
		return nil
	}
	var window [4096]byte
	at := copy(window[:], rtfDictionary)
	out := make([]byte, 0, min(len(packed)*3, maxRTF))
	put := func(c byte) {
		out = append(out, c)
		window[at] = c
		at = (at + 1) % len(window)
	}
	for len(packed) > 0 && len(out) < maxRTF {
		flags := packed[0]
		packed = packed[1:]
		for bit := range 8 {
			if flags>>bit&1 == 0 {
				if len(packed) < 1 {
					return out
				}
				put(packed[0])
				packed = packed[1:]
				continue
			}
			if len(packed) < 2 {
				return out
			}
			token := int(binary.BigEndian.Uint16(packed))
			packed = packed[2:]
			from := token >> 4
			if from == at { // a reference to the write position ends the stream
				return out
			}
			for i := range token&0xf + 2 {
				put(window[(from+i)%len(window)])
			}
		}
	}
	return out
}

// rtfReader turns RTF into the HTML it was made from (MS-OXRTFEX), or into text.
type rtfReader struct {
	out      strings.Builder
	raw      []byte // pending 8-bit characters
	fromHTML bool
	state    rtfState
	stack    []rtfState
	skip     int // characters to leave out after \uN
}

type rtfState struct{ silent, tag, isRTFOnly bool }

const maxRTFDepth = 1000

// fromRTF gives either text or HTML.
func fromRTF(b []byte) (text, html string) {
	r := &rtfReader{}
	for i := 0; i < len(b); {
		i = r.step(b, i)
	}
	r.flush()
	if r.fromHTML {
		return "", tidy(r.out.String())
	}
	return tidy(r.out.String()), ""
}

func (r *rtfReader) step(b []byte, i int) int {
	switch c := b[i]; c {
	case '{':
		if len(r.stack) < maxRTFDepth {
			r.stack = append(r.stack, r.state)
		}
		r.state.tag = false
	case '}':
		if n := len(r.stack); n > 0 {
			r.state, r.stack = r.stack[n-1], r.stack[:n-1]
		}
	case '\\':
		return r.control(b, i+1)
	case '\r', '\n':
	default:
		r.put(c)
	}
	return i + 1
}

func (r *rtfReader) visible() bool {
	return !r.state.silent && !r.state.isRTFOnly
}

func (r *rtfReader) put(c byte) {
	if r.skip > 0 {
		r.skip--
		return
	}
	if r.visible() {
		r.raw = append(r.raw, c)
	}
}

func (r *rtfReader) flush() {
	if len(r.raw) > 0 {
		r.out.WriteString(toUTF8(r.raw, "windows-1252"))
		r.raw = r.raw[:0]
	}
}

func (r *rtfReader) control(b []byte, i int) int {
	if i >= len(b) {
		return i
	}
	switch c := b[i]; {
	case c == '\'':
		if i+2 < len(b) && hexValue(b[i+1]) >= 0 && hexValue(b[i+2]) >= 0 {
			r.put(byte(hexValue(b[i+1])<<4 | hexValue(b[i+2]))) //nolint:gosec // two hex digits
		}
		return i + 3
	case c == '*':
		r.state.silent = true
		return i + 1
	case c == '~':
		r.put(' ')
		return i + 1
	case (c < 'a' || c > 'z') && (c < 'A' || c > 'Z'):
		r.put(c)
		return i + 1
	}
	start := i
	for i < len(b) && i-start < 32 && (b[i]|0x20) >= 'a' && (b[i]|0x20) <= 'z' {
		i++
	}
	word := string(b[start:i])
	start = i
	for i < len(b) && i-start < 11 && (b[i] == '-' || (b[i] >= '0' && b[i] <= '9')) {
		i++
	}
	number, _ := strconv.Atoi(string(b[start:i]))
	hasNumber := i > start
	if i < len(b) && b[i] == ' ' {
		i++
	}
	r.word(word, number, hasNumber)
	return i
}

func (r *rtfReader) word(word string, n int, hasNumber bool) {
	switch word {
	case "fromhtml":
		r.fromHTML = true
	case "htmltag", "mhtmltag":
		r.state.silent, r.state.tag = word == "mhtmltag", word == "htmltag"
	case "htmlrtf":
		r.state.isRTFOnly = !hasNumber || n != 0
	case "fonttbl", "colortbl", "stylesheet", "info", "pict":
		r.state.silent = true
	case "par", "line":
		r.putAll("\r\n")
	case "tab":
		r.put('\t')
	case "u":
		if r.visible() {
			r.flush()
			if n < 0 {
				n += 65536
			}
			r.out.WriteRune(rune(n)) //nolint:gosec // invalid runes become U+FFFD
		}
		r.skip = 1
	case "lquote", "rquote":
		r.putAll("'")
	case "ldblquote", "rdblquote":
		r.putAll(`"`)
	case "endash", "emdash":
		r.putAll("-")
	case "bullet":
		r.putAll("* ")
	}
}

func (r *rtfReader) putAll(s string) {
	if r.visible() {
		r.raw = append(r.raw, s...)
	}
}
