package thumbnail

import (
	"encoding/binary"
	"errors"
)

func isWebP(content []byte) bool {
	return len(content) >= 16 && string(content[:4]) == "RIFF" && string(content[8:12]) == "WEBP"
}

// measureWebP takes the largest size that any chunk names (RFC 9649, 2.4 to
// 2.7). The decoder's own look at the header believes the canvas of the VP8X
// chunk, while the frame behind it may be a thousand times larger.
func measureWebP(content []byte) (measure, error) {
	m := measure{}
	for rest := content[12:]; len(rest) >= 8; {
		size := int64(binary.LittleEndian.Uint32(rest[4:]))
		chunk := rest[8:]
		if size > int64(len(chunk)) {
			size = int64(len(chunk))
		}
		w, h := sizeOfChunk(string(rest[:4]), chunk[:size])
		m.width, m.height = max(m.width, w), max(m.height, h)
		rest = chunk[min(size+size%2, int64(len(chunk))):]
	}
	if m.width == 0 || m.height == 0 {
		return m, errors.New("no frame")
	}
	m.decoded = int64(m.width) * int64(m.height) * 5 // colours, and alpha beside
	return m, nil
}

func sizeOfChunk(name string, c []byte) (w, h int) {
	switch {
	case name == "VP8X" && len(c) >= 10:
		return 1 + int(c[4]) + int(c[5])<<8 + int(c[6])<<16, 1 + int(c[7]) + int(c[8])<<8 + int(c[9])<<16
	case name == "VP8 " && len(c) >= 10: // RFC 6386, 9.1
		return int(binary.LittleEndian.Uint16(c[6:]) & 0x3fff), int(binary.LittleEndian.Uint16(c[8:]) & 0x3fff)
	case name == "VP8L" && len(c) >= 5:
		bits := binary.LittleEndian.Uint32(c[1:])
		return 1 + int(bits&0x3fff), 1 + int(bits>>14&0x3fff)
	}
	return 0, 0
}
