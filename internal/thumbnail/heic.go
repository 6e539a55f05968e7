package thumbnail

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"
	_ "unsafe" // for go:linkname

	_ "github.com/gen2brain/heic" // brings the decoder, which is linked below
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"golang.org/x/sync/semaphore"
)

// heifWasm is libheif with libde265 as a WebAssembly module, gzipped. We run it
// ourselves: package heic gives it 4 GiB and no end, keeps it in memory for
// ever, and prefers a libheif.so of the machine, outside any sandbox.
//
//go:linkname heifWasm github.com/gen2brain/heic.heifWasm
var heifWasm []byte

// heicPages is the memory of the sandbox in pages of 64 KiB: 256 MiB hold a
// picture of MaxPixels with all that decoding it needs.
const heicPages = 4096

// heicTurns are apart from the others: a sandbox can't be interrupted without
// slowing it down to a quarter, so one that hangs must not stop the rest.
var heicTurns = semaphore.NewWeighted(2)

var errHEIC = errors.New("libheif refused it")

// isHEIC looks at the brands of the ftyp box (ISO/IEC 23008-12, 10): HEVC
// pictures, alone or in a sequence.
func isHEIC(content []byte) bool {
	if len(content) < 16 || string(content[4:8]) != "ftyp" {
		return false
	}
	size := min(int(binary.BigEndian.Uint32(content)), len(content), 256)
	for at := 8; at+4 <= size; at += 4 {
		switch string(content[at : at+4]) {
		case "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs":
			return true
		}
	}
	return false
}

// measureHEIC takes the largest of the sizes in the file's ispe boxes
// (ISO/IEC 23008-12, 6.5.3): the picture, its tiles, its own thumbnails. They
// are found by their name rather than by walking the tree of boxes, since a
// false find only makes us more careful. What a file hides from it meets the
// bounds of the sandbox.
func measureHEIC(content []byte) (measure, error) {
	m := measure{}
	for rest := content; ; {
		at := bytes.Index(rest, []byte("ispe"))
		if at < 0 || len(rest) < at+16 {
			break
		}
		w, h := binary.BigEndian.Uint32(rest[at+8:]), binary.BigEndian.Uint32(rest[at+12:])
		rest = rest[at+4:]
		if binary.BigEndian.Uint32(rest) == 0 && w < 1<<20 && h < 1<<20 { // version and flags
			m.width, m.height = max(m.width, int(w)), max(m.height, int(h))
		}
	}
	if m.width == 0 {
		return m, errors.New("no picture in it")
	}
	m.decoded = maxDecoded // one at a time
	return m, nil
}

// decodeHEIC runs the decoder in a sandbox of its own that is gone afterwards,
// with all its memory.
func decodeHEIC(ctx context.Context, content []byte, draw func(image.Image)) error {
	code, err := gzip.NewReader(bytes.NewReader(heifWasm))
	if err != nil {
		return err
	}
	module, err := io.ReadAll(code)
	if err != nil {
		return err
	}
	run := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().WithMemoryLimitPages(heicPages))
	defer run.Close(context.WithoutCancel(ctx)) //nolint:errcheck // nothing outlives it
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, run); err != nil {
		return err
	}
	started, err := run.InstantiateWithConfig(ctx, module, wazero.NewModuleConfig())
	if err != nil {
		return err
	}
	return (&sandbox{ctx, started}).decode(content, draw)
}

type sandbox struct {
	ctx context.Context //nolint:containedctx // lives for one decoding
	api.Module
}

// The numbers of libheif's heif_colorspace and heif_chroma.
const (
	heifYCbCr      = 0
	heifRGB        = 1
	heifMonochrome = 2
)

var heifChroma = map[uint32]image.YCbCrSubsampleRatio{
	1: image.YCbCrSubsampleRatio420, 2: image.YCbCrSubsampleRatio422, 3: image.YCbCrSubsampleRatio444,
}

// heifFacts are what the module writes about a picture, in its order.
type heifFacts struct{ width, height, space, chroma, premultiplied uint32 }

func (s *sandbox) decode(content []byte, draw func(image.Image)) error {
	in, err := s.alloc(len(content))
	if err != nil {
		return err
	}
	if !s.Memory().Write(in, content) {
		return errHEIC
	}
	about, err := s.alloc(20)
	if err != nil {
		return err
	}
	const measureOnly, pixels = 1, 0
	f, err := s.call(in, len(content), measureOnly, about, 0)
	if err != nil {
		return err
	}
	if err := (measure{width: int(f.width), height: int(f.height)}).check(); err != nil {
		return err
	}
	img, size := f.image()
	if img == nil {
		return errHEIC
	}
	out, err := s.alloc(size)
	if err != nil {
		return err
	}
	if again, err := s.call(in, len(content), pixels, about, out); err != nil || again != f {
		return errors.Join(errHEIC, err)
	}
	memory, ok := s.Memory().Read(out, uint32(size))
	if !ok {
		return errHEIC
	}
	draw(img(memory))
	return nil
}

func (s *sandbox) alloc(n int) (uint32, error) {
	res, err := s.ExportedFunction("malloc").Call(s.ctx, uint64(n))
	if err != nil {
		return 0, fmt.Errorf("sandbox: %w", err)
	}
	if uint32(res[0]) == 0 {
		return 0, ErrTooLarge
	}
	return uint32(res[0]), nil
}

func (s *sandbox) call(in uint32, size, mode int, about, out uint32) (heifFacts, error) {
	f := heifFacts{}
	at := uint64(about)
	res, err := s.ExportedFunction("decode").Call(s.ctx, uint64(in), uint64(size), uint64(mode), at, at+4, at+8, at+12, at+16, uint64(out))
	if err != nil {
		return f, fmt.Errorf("sandbox: %w", err)
	}
	if uint32(res[0]) == 0 {
		return f, errHEIC
	}
	for i, to := range []*uint32{&f.width, &f.height, &f.space, &f.chroma, &f.premultiplied} {
		v, ok := s.Memory().ReadUint32Le(about + 4*uint32(i))
		if !ok {
			return f, errHEIC
		}
		*to = v
	}
	return f, nil
}

// image says how the pixels lie in memory: how many bytes there are, and the
// picture over them. Rows are padded to 16 bytes.
func (f heifFacts) image() (over func([]byte) image.Image, size int) {
	w, h := int(f.width), int(f.height)
	rect := image.Rect(0, 0, w, h)
	switch f.space {
	case heifMonochrome:
		stride := padded(w)
		return func(b []byte) image.Image { return &image.Gray{Pix: b, Stride: stride, Rect: rect} }, stride * h
	case heifRGB:
		stride := padded(4 * w)
		return func(b []byte) image.Image {
			if f.premultiplied == 1 {
				return &image.RGBA{Pix: b, Stride: stride, Rect: rect}
			}
			return &image.NRGBA{Pix: b, Stride: stride, Rect: rect}
		}, stride * h
	case heifYCbCr:
		ratio, known := heifChroma[f.chroma]
		if !known {
			return nil, 0
		}
		cw, ch := w, h
		if ratio != image.YCbCrSubsampleRatio444 {
			cw = (w + 1) / 2
		}
		if ratio == image.YCbCrSubsampleRatio420 {
			ch = (h + 1) / 2
		}
		ys, cs := padded(w), padded(cw)
		luma, chroma := ys*h, cs*ch
		return func(b []byte) image.Image {
			return &image.YCbCr{
				Y: b[:luma], Cb: b[luma : luma+chroma], Cr: b[luma+chroma:], YStride: ys, CStride: cs, SubsampleRatio: ratio, Rect: rect,
			}
		}, luma + 2*chroma
	}
	return nil, 0
}

func padded(n int) int { return (n + 15) &^ 15 }
