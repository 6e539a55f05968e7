package thumbnail

import (
	"bytes"
	"encoding/binary"
	"errors"
)

var errNoFrame = errors.New("no frame header")

// measureJPEG walks the segments up to the first frame header (ITU-T T.81,
// B.2.2): it tells how much memory decoding takes, which depends on the
// sampling and, for a progressive picture, on coefficients kept until the end.
func measureJPEG(content []byte) (measure, error) {
	m := measure{}
	for rest := content[2:]; len(rest) >= 4; {
		if rest[0] != 0xff {
			rest = rest[1:]
			continue
		}
		marker := rest[1]
		if marker == 0xff || marker == 0 || marker == 1 || (marker >= 0xd0 && marker <= 0xd8) {
			rest = rest[1:] // fill bytes and markers without a segment
			continue
		}
		size := int(binary.BigEndian.Uint16(rest[2:])) + 2
		if size < 4 || size > len(rest) {
			return m, errNoFrame
		}
		segment := rest[4:size]
		switch {
		case marker == 0xe1 && m.orientation == 0:
			m.orientation = orientationOf(segment)
		case marker == 0xda || marker == 0xd9:
			return m, errNoFrame
		case marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc:
			err := m.readFrame(segment, marker == 0xc2)
			return m, err
		}
		rest = rest[size:]
	}
	return m, errNoFrame
}

func (m *measure) readFrame(frame []byte, progressive bool) error {
	if len(frame) < 6 {
		return errNoFrame
	}
	components := int(frame[5])
	if components == 0 || len(frame) < 6+3*components {
		return errNoFrame
	}
	m.height, m.width = int(binary.BigEndian.Uint16(frame[1:])), int(binary.BigEndian.Uint16(frame[3:]))
	var samples, mostH, mostV int64
	for i := range components {
		h, v := int64(frame[7+3*i]>>4), int64(frame[7+3*i]&15)
		samples += h * v
		mostH, mostV = max(mostH, h), max(mostV, v)
	}
	if mostH*mostV == 0 {
		return errNoFrame
	}
	m.decoded = int64(m.width) * int64(m.height) * samples / (mostH * mostV)
	if progressive {
		m.decoded *= 5 // a coefficient of four bytes beside each sample
	}
	return nil
}

// orientationOf reads which way up the camera was (EXIF 2.3, tag 0x0112 of the
// first directory); 0 when it isn't told.
func orientationOf(segment []byte) int {
	exif, found := bytes.CutPrefix(segment, []byte("Exif\x00\x00"))
	if !found || len(exif) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(exif[:2]) == "II" {
		order = binary.LittleEndian
	}
	start := int64(order.Uint32(exif[4:]))
	if start+2 > int64(len(exif)) {
		return 0
	}
	entries := exif[start+2:]
	for range order.Uint16(exif[start:]) {
		if len(entries) < 12 {
			return 0
		}
		if order.Uint16(entries) == 0x0112 && order.Uint16(entries[2:]) == 3 {
			if o := int(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 0
		}
		entries = entries[12:]
	}
	return 0
}
