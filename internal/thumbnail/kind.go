package thumbnail

import (
	"bytes"
	"context"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"slices"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"
	"golang.org/x/sync/semaphore"
)

// kind is one kind of picture: how it is recognised, measured and decoded.
type kind struct {
	types   []string // media types
	turns   *semaphore.Weighted
	is      func(content []byte) bool
	measure func(content []byte) (measure, error)
	// decode hands the picture to draw; it is valid only until draw returns.
	decode func(ctx context.Context, content []byte, draw func(image.Image)) error
}

var kinds = []*kind{
	{[]string{"image/png", "image/x-png"}, turns, begins("\x89PNG\r\n\x1a\n"), by(png.DecodeConfig), with(png.Decode)},
	{[]string{"image/jpeg", "image/jpg", "image/pjpeg"}, turns, begins("\xff\xd8\xff"), measureJPEG, with(jpeg.Decode)},
	{[]string{"image/gif"}, turns, begins("GIF8"), by(gif.DecodeConfig), with(gif.Decode)},
	{[]string{"image/webp"}, turns, isWebP, measureWebP, with(webp.Decode)},
	{[]string{"image/bmp", "image/x-ms-bmp"}, turns, begins("BM"), by(bmp.DecodeConfig), with(bmp.Decode)},
	{[]string{"image/tiff"}, turns, func(c []byte) bool { return begins("II*\x00")(c) || begins("MM\x00*")(c) }, by(tiff.DecodeConfig), with(tiff.Decode)},
	{[]string{"image/heic", "image/heif"}, heicTurns, isHEIC, measureHEIC, decodeHEIC},
}

// Supports tells whether thumbnails are made of a media type. A file may still
// turn out to be something else.
func Supports(mediaType string) bool {
	return slices.ContainsFunc(kinds, func(k *kind) bool { return slices.Contains(k.types, mediaType) })
}

// Type is the media type that the bytes show, "" for no known picture.
func Type(content []byte) string {
	if k := kindOf(content); k != nil {
		return k.types[0]
	}
	return ""
}

func kindOf(content []byte) *kind {
	for _, k := range kinds {
		if k.is(content) {
			return k
		}
	}
	return nil
}

func begins(mark string) func([]byte) bool {
	return func(content []byte) bool { return bytes.HasPrefix(content, []byte(mark)) }
}

// by measures with a decoder's own look at the header.
func by(config func(io.Reader) (image.Config, error)) func([]byte) (measure, error) {
	return func(content []byte) (measure, error) {
		c, err := config(bytes.NewReader(content))
		if err != nil {
			return measure{}, err
		}
		return measure{width: c.Width, height: c.Height, decoded: int64(c.Width) * int64(c.Height) * bytesPerPixel(c.ColorModel)}, nil
	}
}

func with(decode func(io.Reader) (image.Image, error)) func(context.Context, []byte, func(image.Image)) error {
	return func(ctx context.Context, content []byte, draw func(image.Image)) error {
		img, err := decode(&timed{ctx: ctx, r: bytes.NewReader(content)})
		if err != nil {
			return err
		}
		draw(img)
		return nil
	}
}

// timed ends the reading when the time is over: the decoders of the standard
// library know no context.
type timed struct {
	ctx context.Context //nolint:containedctx // lives for one decoding
	r   *bytes.Reader
}

func (t *timed) Read(p []byte) (int, error) {
	if err := t.ctx.Err(); err != nil {
		return 0, err
	}
	return t.r.Read(p)
}

// ReadAt lets package tiff read in place rather than into a copy.
func (t *timed) ReadAt(p []byte, off int64) (int, error) {
	if err := t.ctx.Err(); err != nil {
		return 0, err
	}
	return t.r.ReadAt(p, off)
}
