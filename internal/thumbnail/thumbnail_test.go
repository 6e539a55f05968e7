package thumbnail_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"github.com/comptoir-desk/comptoir/internal/thumbnail"
)

// ring is a photo of a ring in miniature: red above, blue below, so that it
// shows which way up it is.
func ring(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{R: 220, G: 20, B: 20, A: 255}
			if y >= h/2 {
				c = color.NRGBA{R: 20, G: 20, B: 220, A: 255}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func encoded(t testing.TB, encode func(b *bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	return encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, img) })
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	return encoded(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, img, nil) })
}

// turned puts an EXIF orientation into a JPEG.
func turned(t testing.TB, orientation uint16, photo []byte) []byte {
	t.Helper()
	exif := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	exif = binary.BigEndian.AppendUint16(exif, orientation)
	exif = append(exif, 0, 0, 0, 0, 0, 0)
	out := []byte{0xff, 0xd8, 0xff, 0xe1}
	out = binary.BigEndian.AppendUint16(out, uint16(len(exif)+2))
	return append(append(out, exif...), photo[2:]...)
}

func heic(t testing.TB) []byte {
	t.Helper()
	content, err := os.ReadFile("testdata/ring.heic")
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func drawn(t *testing.T, p thumbnail.Picture) image.Image {
	t.Helper()
	img, format, err := image.Decode(bytes.NewReader(p.Content))
	if err != nil || "image/"+format != p.Type {
		t.Fatalf("%s is %s: %v", p.Type, format, err)
	}
	return img
}

// redAt tells on which edge of a picture the red half lies.
func redAt(img image.Image) string {
	b := img.Bounds()
	isRed := func(x, y int) bool {
		r, _, blue, _ := img.At(b.Min.X+x, b.Min.Y+y).RGBA()
		return r > blue
	}
	w, h := b.Dx(), b.Dy()
	switch top, bottom, left, right := isRed(w/2, 2), isRed(w/2, h-3), isRed(2, h/2), isRed(w-3, h/2); {
	case top && !bottom:
		return "top"
	case bottom && !top:
		return "bottom"
	case left && !right:
		return "left"
	case right && !left:
		return "right"
	}
	return "nowhere"
}

func TestEachKindOfPictureBecomesSmall(t *testing.T) {
	t.Parallel()
	photo := ring(800, 600)
	tests := map[string]struct {
		content []byte
		kind    string
	}{
		"png":  {pngOf(t, photo), "image/png"},
		"jpeg": {jpegOf(t, photo), "image/jpeg"},
		"gif":  {encoded(t, func(b *bytes.Buffer) error { return gif.Encode(b, photo, nil) }), "image/gif"},
		"bmp":  {encoded(t, func(b *bytes.Buffer) error { return bmp.Encode(b, photo) }), "image/bmp"},
		"tiff": {encoded(t, func(b *bytes.Buffer) error { return tiff.Encode(b, photo, &tiff.Options{Compression: tiff.Deflate}) }), "image/tiff"},
		"heic": {heic(t), "image/heic"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := thumbnail.Type(tt.content); got != tt.kind || !thumbnail.Supports(got) {
				t.Errorf("seen as %q, want %q", got, tt.kind)
			}
			p, err := thumbnail.Make(t.Context(), tt.content, thumbnail.Side, thumbnail.Auto)
			if err != nil {
				t.Fatal(err)
			}
			img := drawn(t, p)
			if img.Bounds().Dx() != 320 || img.Bounds().Dy() != 240 || redAt(img) != "top" || p.Type != "image/jpeg" {
				t.Errorf("%s of %v, red at the %s", p.Type, img.Bounds(), redAt(img))
			}
		})
	}
}

func TestATelephoneHeldAnotherWay(t *testing.T) {
	t.Parallel()
	// Where the stored top goes, by orientation (EXIF 2.3, 4.6.4).
	for orientation, want := range map[uint16]string{
		0: "top", 1: "top", 2: "top", 3: "bottom", 4: "bottom", 5: "left", 6: "right", 7: "right", 8: "left", 9: "top",
	} {
		p, err := thumbnail.Make(t.Context(), turned(t, orientation, jpegOf(t, ring(600, 300))), 200, thumbnail.Auto)
		if err != nil {
			t.Fatal(err)
		}
		img := drawn(t, p)
		if got := redAt(img); got != want {
			t.Errorf("orientation %d: red at the %s, want %s", orientation, got, want)
		}
		if upended := orientation >= 5 && orientation <= 8; upended != (img.Bounds().Dy() == 200) {
			t.Errorf("orientation %d: %v", orientation, img.Bounds())
		}
	}
}

func TestATransparentLogoStaysTransparentAndSmall(t *testing.T) {
	t.Parallel()
	logo := ring(40, 20)
	logo.SetNRGBA(0, 0, color.NRGBA{})
	p, err := thumbnail.Make(t.Context(), pngOf(t, logo), thumbnail.Side, thumbnail.Auto)
	if err != nil {
		t.Fatal(err)
	}
	img := drawn(t, p)
	if _, _, _, a := img.At(0, 0).RGBA(); p.Type != "image/png" || a != 0 || img.Bounds().Dx() != 40 {
		t.Errorf("%s of %v, alpha %d", p.Type, img.Bounds(), a)
	}
}

func TestNothingButColoursSurvives(t *testing.T) {
	t.Parallel()
	hidden := []byte("<script>alert(1)</script>")
	photo := append(pngOf(t, ring(50, 50)), hidden...)
	p, err := thumbnail.Make(t.Context(), photo, 512, thumbnail.PNG)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(p.Content, hidden) || p.Type != "image/png" {
		t.Error("what hung on the picture came through")
	}
}

// claiming is a PNG that says it is as large as asked, with nothing behind.
func claiming(w, h uint32, depth, colours byte) []byte {
	chunk := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)...)
	chunk = append(chunk, depth, colours, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	out = append(out, chunk...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
}

// webPWithin is a WebP whose canvas is tiny and whose frame is not.
func webPWithin(w, h uint16) []byte {
	frame := binary.LittleEndian.AppendUint16([]byte{0, 0, 0, 0x9d, 0x01, 0x2a}, w)
	frame = binary.LittleEndian.AppendUint16(frame, h)
	body := append([]byte("WEBPVP8X\x0a\x00\x00\x00"), 0, 0, 0, 0, 9, 0, 0, 9, 0, 0)
	body = append(append(body, "VP8 \x0a\x00\x00\x00"...), frame...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	grown := heic(t)
	for rest := grown; ; {
		at := bytes.Index(rest, []byte("ispe"))
		if at < 0 {
			break
		}
		binary.BigEndian.PutUint32(rest[at+8:], 90_000)
		rest = rest[at+16:]
	}
	tests := map[string]struct {
		content []byte
		want    error
	}{
		"nothing":                        {nil, thumbnail.ErrUnsupported},
		"svg":                            {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), thumbnail.ErrUnsupported},
		"a film":                         {[]byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"), thumbnail.ErrUnsupported},
		"png of 41 megapixels":           {claiming(8200, 5000, 8, 2), thumbnail.ErrTooLarge},
		"png of 16 bits a channel":       {claiming(7000, 5500, 16, 6), thumbnail.ErrTooLarge},
		"png without pixels":             {claiming(100, 100, 8, 2), thumbnail.ErrDamaged},
		"jpeg cut in its header":         {jpegOf(t, ring(300, 300))[:30], thumbnail.ErrDamaged},
		"jpeg cut in its pixels":         {jpegOf(t, ring(300, 300))[:700], thumbnail.ErrDamaged},
		"progressive jpeg of 39 Mpixels": {[]byte("\xff\xd8\xff\xc2\x00\x11\x08\x18\x6a\x18\x6a\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00"), thumbnail.ErrTooLarge},
		"webp larger than its canvas":    {webPWithin(16000, 16000), thumbnail.ErrTooLarge},
		"webp without a frame":           {[]byte("RIFF\x04\x00\x00\x00WEBP    "), thumbnail.ErrDamaged},
		"heic that claims 90,000 wide":   {grown, thumbnail.ErrTooLarge},
		"heic cut":                       {heic(t)[:600], thumbnail.ErrDamaged},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := thumbnail.Make(t.Context(), tt.content, thumbnail.Side, thumbnail.Auto); !errors.Is(err, tt.want) {
				t.Errorf("error %v, want %v", err, tt.want)
			}
		})
	}
}

func TestWhoLeavesDoesNotWait(t *testing.T) {
	t.Parallel()
	for name, photo := range map[string][]byte{"jpeg": jpegOf(t, ring(300, 300)), "heic": heic(t)} {
		ctx, leave := context.WithCancel(t.Context())
		leave()
		if _, err := thumbnail.Make(ctx, photo, thumbnail.Side, thumbnail.Auto); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func FuzzMake(f *testing.F) {
	small := ring(12, 9)
	f.Add(pngOf(f, small))
	f.Add(turned(f, 6, jpegOf(f, small)))
	f.Add(encoded(f, func(b *bytes.Buffer) error { return gif.Encode(b, small, nil) }))
	f.Add(encoded(f, func(b *bytes.Buffer) error { return bmp.Encode(b, small) }))
	f.Add(encoded(f, func(b *bytes.Buffer) error { return tiff.Encode(b, small, nil) }))
	f.Add(webPWithin(10, 10))
	f.Fuzz(func(t *testing.T, content []byte) {
		p, err := thumbnail.Make(t.Context(), content, 16, thumbnail.Auto)
		if err != nil {
			return
		}
		c, _, err := image.DecodeConfig(bytes.NewReader(p.Content))
		if err != nil || c.Width > 16 || c.Height > 16 || c.Width < 1 || c.Height < 1 {
			t.Errorf("%d×%d: %v", c.Width, c.Height, err)
		}
	})
}

// BenchmarkPhoto is what a telephone sends: 12 megapixels as JPEG.
func BenchmarkPhoto(b *testing.B) {
	photo := jpegOf(b, ring(4032, 3024))
	for b.Loop() {
		if _, err := thumbnail.Make(b.Context(), photo, thumbnail.Side, thumbnail.Auto); err != nil {
			b.Fatal(err)
		}
	}
}
