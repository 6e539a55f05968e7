package letters

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"
)

// Address is the shop's mailbox to which all the mails are written.
const Address = "bonjour@maison-lila.example"

// Letter is one mail as a mail server keeps it.
type Letter struct {
	Raw []byte // with CRLF
	At  time.Time
}

// Sizes of real-sized mails: HTML bodies are log-normal around the median,
// attachments log-uniform between their bounds, in one mail of ten.
const (
	medianHTML    = 15_000
	spreadHTML    = 0.6
	attachedShare = 0.10
	smallestFile  = 200_000
	largestFile   = 2_000_000
)

// Writer writes letters, one after the other. The first is the oldest.
type Writer struct {
	rnd     *rand.Rand
	at      time.Time
	step    time.Duration
	real    bool
	number  int
	threads int
	open    []*thread
	file    []byte
}

// thread is one customer's matter, of one to four mails.
type thread struct {
	who, address, subject, boundary string
	number, left, order             int
	ids                             []string
	history                         []string // earlier texts, newest first, ours between theirs
}

// NewWriter writes n letters whose arrival spreads evenly over the days before
// end: small ones of 600 bytes of text, each its own matter, or real-sized ones
// in threads.
func NewWriter(n int, realSized bool, days int, end time.Time) *Writer {
	span := time.Duration(days) * 24 * time.Hour
	return &Writer{
		rnd: rand.New(rand.NewPCG(20418, 7)), real: realSized, //nolint:gosec // the same every time is what is wanted
		at: end.Add(-span), step: span / time.Duration(n),
	}
}

// Threads is how many conversations the letters so far belong to.
func (w *Writer) Threads() int { return w.threads }

// Next writes the next letter.
func (w *Writer) Next() Letter {
	w.number++
	w.at = w.at.Add(w.step)
	if !w.real {
		return Letter{Raw: w.small(), At: w.at}
	}
	return Letter{Raw: w.realSized(w.pick()), At: w.at}
}

func (w *Writer) small() []byte {
	t := w.newThread()
	var b strings.Builder
	w.head(&b, t)
	b.WriteString("Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n")
	text := w.text(t, 600)
	b.WriteString(strings.ReplaceAll(text, "\n", "\r\n"))
	return []byte(b.String())
}

// pick goes on with an open thread or begins one. Many are open at once, so
// that a question and its reminder lie far apart in the mailbox.
func (w *Writer) pick() *thread {
	if len(w.open) < 200 {
		t := w.newThread()
		t.left = w.rnd.IntN(4)
		w.open = append(w.open, t)
		return t
	}
	i := w.rnd.IntN(len(w.open))
	t := w.open[i]
	if t.left > 0 {
		t.left--
		return t
	}
	fresh := w.newThread()
	fresh.left = w.rnd.IntN(4)
	w.open[i] = fresh
	return fresh
}

func (w *Writer) newThread() *thread {
	w.threads++
	first, last := one(w.rnd, firstNames), one(w.rnd, lastNames)
	t := &thread{number: w.threads, order: 20_000 + w.rnd.IntN(60_000)}
	t.who = first + " " + last
	t.address = fmt.Sprintf("%s.%s.%d@client.example", plain(first), plain(last), w.threads)
	t.subject = one(w.rnd, subjects)
	if strings.Contains(t.subject, "%d") {
		t.subject = fmt.Sprintf(t.subject, t.order)
	}
	t.boundary = fmt.Sprintf("=_part_%08x", w.rnd.Uint32())
	return t
}

// text is a letter of at least n bytes.
func (w *Writer) text(t *thread, n int) string {
	var b strings.Builder
	b.WriteString(one(w.rnd, openings) + "\n\n")
	for b.Len() < n-60 {
		s := one(w.rnd, sentences)
		if strings.Contains(s, "%d") {
			s = fmt.Sprintf(s, t.order)
		}
		b.WriteString(s)
		if w.rnd.IntN(4) == 0 {
			b.WriteString("\n\n")
		} else {
			b.WriteByte(' ')
		}
	}
	b.WriteString("\n\n" + one(w.rnd, closings) + "\n" + t.who + "\n")
	return b.String()
}

func (w *Writer) htmlSize() int {
	return min(max(int(medianHTML*math.Exp(w.rnd.NormFloat64()*spreadHTML)), 2_000), 150_000)
}

// attachment is bytes that don't compress, as pictures and PDFs don't; nil for
// most mails.
func (w *Writer) attachment() []byte {
	if w.rnd.Float64() >= attachedShare {
		return nil
	}
	if w.file == nil {
		w.file = make([]byte, largestFile+1<<16)
		for i := range w.file {
			w.file[i] = byte(w.rnd.Uint32())
		}
	}
	size := int(smallestFile * math.Pow(float64(largestFile)/smallestFile, w.rnd.Float64()))
	from := w.rnd.IntN(len(w.file) - size)
	return w.file[from : from+size]
}

func one(r *rand.Rand, of []string) string { return of[r.IntN(len(of))] }

var letterPairs = strings.NewReplacer("é", "e", "è", "e", "É", "E", "ï", "i", "ç", "c")

func plain(s string) string { return strings.ToLower(letterPairs.Replace(s)) }
