package thumbnail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"time"

	"golang.org/x/image/draw"
	"golang.org/x/sync/semaphore"
)

// Side is the longer side of a thumbnail in pixels.
const Side = 320

// MaxPixels is how large a picture may be: the cameras of telephones make 12
// to 24 megapixels.
const MaxPixels = 40_000_000

// TimeLimit is how long one picture may take, waiting for its turn apart.
const TimeLimit = 15 * time.Second

// maxDecoded is how many bytes a decoded picture may need. A progressive JPEG
// or one with 16 bits a channel needs several times its pixels.
const maxDecoded = 256 << 20

// Why no thumbnail is made.
var (
	ErrUnsupported = errors.New("not a picture of a known kind")
	ErrTooLarge    = errors.New("the picture is too large")
	ErrDamaged     = errors.New("the picture is damaged")
)

// Format is what a picture is written as.
type Format int

// The formats. Auto is JPEG, or PNG for what is transparent somewhere.
const (
	Auto Format = iota
	PNG
)

// Picture is a picture drawn by us. Type is "image/jpeg" or "image/png".
type Picture struct {
	Content []byte
	Type    string
}

// turns: one for most pictures, both for a large one.
var turns = semaphore.NewWeighted(2)

// Make draws the picture anew, upright and at most side pixels long; a smaller
// one keeps its size. It waits for its turn as long as ctx allows. Errors are
// those above, or the context's. A decoder that is still busy when the time is
// over goes on alone, and keeps its turn until it ends.
func Make(ctx context.Context, content []byte, side int, f Format) (Picture, error) {
	k := kindOf(content)
	if k == nil {
		return Picture{}, ErrUnsupported
	}
	m, err := k.measured(content)
	if err != nil {
		return Picture{}, err
	}
	if err := k.turns.Acquire(ctx, m.turns()); err != nil {
		return Picture{}, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, TimeLimit, ErrTooLarge)
	defer cancel()
	type result struct {
		small image.Image
		err   error
	}
	done := make(chan result, 1)
	go func() {
		defer k.turns.Release(m.turns())
		small, err := k.drawn(ctx, content, side)
		done <- result{small, err}
	}()
	select {
	case <-ctx.Done():
		return Picture{}, context.Cause(ctx)
	case r := <-done:
		if r.err != nil {
			return Picture{}, r.err
		}
		return written(upright(r.small, m.orientation), f)
	}
}

// measure is what is known of a picture before it is decoded.
type measure struct {
	width, height int
	decoded       int64 // bytes
	orientation   int   // EXIF 1 to 8, 0 for unknown
}

func (m measure) turns() int64 {
	if m.decoded > maxDecoded/2 {
		return 2
	}
	return 1
}

func (m measure) check() error {
	switch {
	case m.width <= 0 || m.height <= 0:
		return ErrDamaged
	case int64(m.width)*int64(m.height) > MaxPixels || m.decoded > maxDecoded:
		return ErrTooLarge
	}
	return nil
}

func (k *kind) measured(content []byte) (m measure, err error) {
	defer recovered(&err)
	m, err = k.measure(content)
	if err != nil {
		return m, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return m, m.check()
}

func (k *kind) drawn(ctx context.Context, content []byte, side int) (small image.Image, err error) {
	defer recovered(&err)
	err = k.decode(ctx, content, func(full image.Image) { small = shrunk(full, side) })
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if err != nil && !errors.Is(err, ErrTooLarge) {
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return small, err
}

// recovered: a decoder that stumbles over hostile bytes must not take the
// process with it.
func recovered(err *error) {
	if r := recover(); r != nil { //nolint:revive // it is deferred by its callers
		*err = fmt.Errorf("%w: %v", ErrDamaged, r)
	}
}

// shrunk fits a picture into a square of the side.
func shrunk(full image.Image, side int) image.Image {
	b := full.Bounds()
	w, h := b.Dx(), b.Dy()
	if long := max(w, h); long > side {
		w, h = max(1, w*side/long), max(1, h*side/long)
	}
	small := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(small, small.Bounds(), full, b, draw.Src, nil)
	return small
}

func written(img image.Image, f Format) (Picture, error) {
	var out bytes.Buffer
	if f == PNG || !opaque(img) {
		if err := png.Encode(&out, img); err != nil {
			return Picture{}, fmt.Errorf("write png: %w", err)
		}
		return Picture{Content: out.Bytes(), Type: "image/png"}, nil
	}
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 82}); err != nil {
		return Picture{}, fmt.Errorf("write jpeg: %w", err)
	}
	return Picture{Content: out.Bytes(), Type: "image/jpeg"}, nil
}

func opaque(img image.Image) bool {
	o, ok := img.(interface{ Opaque() bool })
	return ok && o.Opaque()
}

// bytesPerPixel of a decoded picture.
func bytesPerPixel(m color.Model) int64 {
	switch m {
	case color.GrayModel, color.AlphaModel:
		return 1
	case color.Gray16Model, color.Alpha16Model:
		return 2
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	if _, ok := m.(color.Palette); ok {
		return 1
	}
	return 4
}
