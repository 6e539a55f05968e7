package demo

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"strings"
	"sync"
)

var (
	plum  = color.RGBA{0x6b, 0x4e, 0x71, 0xff}
	cream = color.RGBA{0xf7, 0xf1, 0xe6, 0xff}
	gold  = color.RGBA{0xc8, 0x9b, 0x3c, 0xff}
	shade = color.RGBA{0x8a, 0x66, 0x1f, 0xff}
	wood  = color.RGBA{0xd9, 0xcb, 0xb8, 0xff}
	ink   = color.RGBA{0x2b, 0x2b, 0x2b, 0xff}
	stone = color.RGBA{0x5b, 0x8f, 0xb9, 0xff}
)

// canvas is a picture to draw on; each pixel is asked, which smooths edges by
// four samples.
func canvas(w, h int, at func(x, y float64) color.RGBA) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			var r, g, b, a int
			for _, d := range [4][2]float64{{0.25, 0.25}, {0.75, 0.25}, {0.25, 0.75}, {0.75, 0.75}} {
				c := at(float64(x)+d[0], float64(y)+d[1])
				r, g, b, a = r+int(c.R), g+int(c.G), b+int(c.B), a+int(c.A)
			}
			img.SetRGBA(x, y, color.RGBA{byte(r / 4), byte(g / 4), byte(b / 4), byte(a / 4)}) //nolint:gosec // a quarter of four bytes
		}
	}
	return img
}

func asPNG(img image.Image) []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, img) // a buffer takes everything
	return b.Bytes()
}

func asJPEG(img image.Image) []byte {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, &jpeg.Options{Quality: 80})
	return b.Bytes()
}

// drawLogo is a round "L".
func drawLogo() []byte {
	return asPNG(canvas(160, 160, func(x, y float64) color.RGBA {
		r := math.Hypot(x-80, y-80)
		stem := x >= 60 && x < 72 && y >= 42 && y < 118
		foot := x >= 60 && x < 106 && y >= 107 && y < 118
		serif := x >= 53 && x < 79 && y >= 42 && y < 47
		switch {
		case r > 78:
			return color.RGBA{}
		case stem, foot, serif, r > 70 && r < 72:
			return cream
		default:
			return plum
		}
	}))
}

// drawRing is a photo of a ring on a table.
var drawRing = sync.OnceValue(func() file {
	img := canvas(480, 360, func(x, y float64) color.RGBA {
		r := math.Hypot(x-240, (y-215)*1.15)
		switch {
		case math.Abs(x-240)+math.Abs(y-95) < 34:
			return stone
		case r > 96 && r < 112:
			return gold
		case r > 112 && r < 116:
			return shade
		default:
			return grain(x, y)
		}
	})
	return file{name: "IMG_2041.jpg", kind: "image/jpeg", content: asJPEG(img)}
})

// drawChain is a photo of a chain with a link missing.
var drawChain = sync.OnceValue(func() file {
	img := canvas(480, 320, func(x, y float64) color.RGBA {
		line := 160 + 60*math.Sin(x/85)
		n := math.Floor(x / 26)
		cx := n*26 + 13
		r := math.Hypot((x-cx)/1.3, y-line)
		if n != 10 && r > 7 && r < 10.5 {
			return gold
		}
		return grain(x, y)
	})
	return file{name: "chaine-cassee.jpg", kind: "image/jpeg", content: asJPEG(img)}
})

const bars = "1101001011101100100111010110001011010011"

// drawLabel is a photo of a parcel's label with its bars.
var drawLabel = sync.OnceValue(func() file {
	img := canvas(480, 340, func(x, y float64) color.RGBA {
		if x < 40 || x > 440 || y < 30 || y > 310 {
			return color.RGBA{0xb9, 0x93, 0x62, 0xff} // cardboard
		}
		bar := y > 190 && y < 275 && x > 80 && x < 400 && bars[int(x)/4%len(bars)] == '1'
		line := y < 160 && y > 60 && int(y)%24 < 5 && x > 80 && x < 230+float64(int(y)/24*37%90)
		if bar || line {
			return ink
		}
		return color.RGBA{0xfc, 0xfc, 0xfa, 0xff}
	})
	return file{name: "etiquette.png", kind: "image/png", content: asPNG(img)}
})

// grain is the table under the jewels.
func grain(x, y float64) color.RGBA {
	d := byte(6 + 6*math.Sin(y/3+math.Sin(x/60)*2))
	return color.RGBA{wood.R - d, wood.G - d, wood.B - d, 0xff}
}

// pdf is a page with lines of text (ISO 32000-1, the least that readers open).
func pdf(name string, lines ...string) file {
	var page strings.Builder
	page.WriteString("BT /F1 12 Tf 60 780 Td 18 TL\n")
	for _, line := range lines {
		fmt.Fprintf(&page, "(%s) Tj T*\n", strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`).Replace(line))
	}
	page.WriteString("ET")
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", page.Len(), page.String()),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	offsets := make([]int, len(objects))
	for i, o := range objects {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, table)
	return file{name: name, kind: "application/pdf", content: b.Bytes()}
}
