package mime

import (
	"encoding/binary"
	"errors"
	"path"
	"strings"
	"unicode/utf16"
)

// tnef is what Outlook packed into winmail.dat (MS-OXTNEF).
type tnef struct {
	text, html string
	files      []tnefFile
}

type tnefFile struct {
	name, kind, contentID string
	content               []byte
}

var errNotTNEF = errors.New("not a TNEF stream")

const (
	tnefSignature = 0x223e9f78
	maxTNEFFiles  = 500

	attrBody       = 0x0002800C
	attrCodepage   = 0x00069007
	attrProps      = 0x00069003
	attrAttachRend = 0x00069002
	attrAttachName = 0x00018010
	attrAttachData = 0x0006800F
	attrAttachment = 0x00069005

	propBody        = 0x1000
	propBodyHTML    = 0x1013
	propRTF         = 0x1009
	propAttachData  = 0x3701
	propAttachLong  = 0x3707
	propAttachName  = 0x3704
	propAttachMIME  = 0x370E
	propAttachCID   = 0x3712
	propDisplayName = 0x3001
)

func isTNEF(name, kind string) bool {
	return kind == "application/ms-tnef" || kind == "application/vnd.ms-tnef" || strings.EqualFold(name, "winmail.dat")
}

// parseTNEF reads the stream of attributes; a cut end keeps what came before.
func parseTNEF(b []byte) (*tnef, error) {
	if len(b) < 6 || binary.LittleEndian.Uint32(b) != tnefSignature {
		return nil, errNotTNEF
	}
	t := &tnef{}
	charset := "windows-1252"
	var rtf []byte
	for b = b[6:]; len(b) >= 9; {
		id := binary.LittleEndian.Uint32(b[1:])
		size := uint64(binary.LittleEndian.Uint32(b[5:]))
		if size > uint64(len(b)-9) {
			break
		}
		data := b[9 : 9+size]
		b = b[min(9+size+2, uint64(len(b))):] // a checksum of two bytes follows
		switch id {
		case attrCodepage:
			if len(data) >= 4 {
				charset = codepage(binary.LittleEndian.Uint32(data))
			}
		case attrBody:
			t.text = toUTF8(trimNUL(data), charset)
		case attrProps:
			rtf = t.readBody(data, charset, rtf)
		default:
			t.readAttachment(id, data, charset)
		}
	}
	if t.html == "" && strings.TrimSpace(t.text) == "" && rtf != nil {
		t.text, t.html = fromRTF(decompressRTF(rtf))
	}
	t.text = strings.ReplaceAll(strings.ReplaceAll(t.text, "\r\n", "\n"), "\r", "\n")
	return t, nil
}

func codepage(n uint32) string {
	switch n {
	case 65001:
		return "utf-8"
	case 932:
		return "shift_jis"
	case 936:
		return "gb18030"
	case 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258:
		return "windows-" + string([]byte{'1', '2', '5', byte('0' + n%10)})
	}
	return "windows-1252"
}

func (t *tnef) readBody(data []byte, charset string, rtf []byte) []byte {
	for id, p := range tnefProps(data) {
		switch id {
		case propBody:
			t.text = p.text(charset)
		case propBodyHTML:
			t.html = tidy(p.text(htmlCharset(p, charset)))
		case propRTF:
			rtf = p.value
		}
	}
	return rtf
}

func htmlCharset(p tnefProp, fallback string) string {
	if c := metaCharset(p.value); c != "" {
		return c
	}
	return fallback
}

func (t *tnef) readAttachment(id uint32, data []byte, charset string) {
	if id == attrAttachRend {
		if len(t.files) < maxTNEFFiles {
			t.files = append(t.files, tnefFile{kind: "application/octet-stream"})
		}
		return
	}
	if len(t.files) == 0 {
		return
	}
	f := &t.files[len(t.files)-1]
	switch id {
	case attrAttachName:
		if f.name == "" {
			f.name = toUTF8(trimNUL(data), charset)
			f.kind = kindByName(f.name)
		}
	case attrAttachData:
		f.content = data
	case attrAttachment:
		f.readProps(tnefProps(data), charset)
	}
}

// kindByName guesses a type where none is told; only harmless ones.
func kindByName(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".png":
		return "image/png"
	case ".gif":
		return "image/gif"
	case ".heic":
		return "image/heic"
	case ".pdf":
		return "application/pdf"
	}
	return "application/octet-stream"
}

func (f *tnefFile) readProps(props map[uint16]tnefProp, charset string) {
	for _, id := range []uint16{propDisplayName, propAttachName, propAttachLong} {
		if p, ok := props[id]; ok && (id == propAttachLong || f.name == "") {
			f.name = p.text(charset)
		}
	}
	if p, ok := props[propAttachMIME]; ok && strings.Contains(p.text(charset), "/") {
		f.kind = strings.ToLower(p.text(charset))
	}
	if p, ok := props[propAttachCID]; ok {
		f.contentID = p.text(charset)
	}
	if p, ok := props[propAttachData]; ok && len(f.content) == 0 {
		f.content = p.value
		if len(p.value) > 16 && p.kind == 0x000D { // an object: 16 bytes of interface id first
			f.content = p.value[16:]
		}
	}
}

// tnefProp is one property value; kind is its MAPI type.
type tnefProp struct {
	kind  uint16
	value []byte
}

func (p tnefProp) text(charset string) string {
	if p.kind != 0x001F {
		return tidy(toUTF8(trimNUL(p.value), charset))
	}
	units := make([]uint16, 0, len(p.value)/2)
	for i := 0; i+1 < len(p.value); i += 2 {
		units = append(units, binary.LittleEndian.Uint16(p.value[i:]))
	}
	return tidy(string(utf16.Decode(units)))
}

func trimNUL(b []byte) []byte {
	for len(b) > 0 && b[len(b)-1] == 0 {
		b = b[:len(b)-1]
	}
	return b
}

// tnefProps reads a property list (MS-OXTNEF, 2.1.3.4); of several values the
// first is kept. It stops at what it doesn't know, keeping what came before.
func tnefProps(b []byte) map[uint16]tnefProp {
	props := make(map[uint16]tnefProp)
	c := cursor{b: b}
	for n := c.uint32(); n > 0 && !c.failed; n-- {
		kind, id := c.uint16(), c.uint16()
		if id >= 0x8000 {
			c.skipName()
		}
		values := uint32(1)
		variable := isVariable(kind &^ 0x1000)
		if kind&0x1000 != 0 || variable {
			values = c.uint32()
		}
		for i := uint32(0); i < values && !c.failed; i++ {
			value := c.value(kind&^0x1000, variable)
			if _, known := props[id]; !known && !c.failed {
				props[id] = tnefProp{kind &^ 0x1000, value}
			}
		}
	}
	return props
}

func isVariable(kind uint16) bool {
	return kind == 0x001E || kind == 0x001F || kind == 0x0102 || kind == 0x000D
}

// cursor reads little-endian values and fails for good at the end.
type cursor struct {
	b      []byte
	failed bool
}

func (c *cursor) take(n uint64) []byte {
	if c.failed || n > uint64(len(c.b)) {
		c.failed = true
		return nil
	}
	taken := c.b[:n]
	c.b = c.b[n:]
	return taken
}

func (c *cursor) uint32() uint32 {
	if b := c.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (c *cursor) uint16() uint16 {
	if b := c.take(2); b != nil {
		return binary.LittleEndian.Uint16(b)
	}
	return 0
}

// padded takes n bytes and the padding to a multiple of four.
func (c *cursor) padded(n uint64) []byte {
	b := c.take(n)
	c.take(min((4-n%4)%4, uint64(len(c.b))))
	return b
}

func (c *cursor) skipName() {
	c.take(16)
	if c.uint32() == 0 {
		c.take(4)
		return
	}
	c.padded(uint64(c.uint32()))
}

func (c *cursor) value(kind uint16, variable bool) []byte {
	if variable {
		return c.padded(uint64(c.uint32()))
	}
	switch kind {
	case 0x0002, 0x0003, 0x0004, 0x000A, 0x000B:
		return c.take(4)
	case 0x0005, 0x0006, 0x0007, 0x0014, 0x0040:
		return c.take(8)
	case 0x0048:
		return c.take(16)
	}
	c.failed = true
	return nil
}
