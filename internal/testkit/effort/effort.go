package effort

import (
	"runtime"
	"strings"
	"testing"
	"time"
)

const (
	size = 16 << 10 // bytes; four times as many are compared with it
	// Below this nobody is kept waiting, and the comparison would be one of
	// chance.
	unfelt = 40 * time.Millisecond
	// Work that grows with its input takes 4 times as long, a square 16 times.
	most = 9
)

// Linear fails the test where work outgrows its input.
func Linear(t *testing.T, piece string, work func(text string)) {
	t.Helper()
	if Outgrows(piece, work) {
		t.Errorf("%.40q: the work grows faster than the text", piece)
	}
}

// Outgrows tells whether work on 64 kB of a piece, said again and again, takes
// much more than four times that on 16 kB.
func Outgrows(piece string, work func(text string)) bool {
	short, long := strings.Repeat(piece, size/len(piece)), strings.Repeat(piece, 4*size/len(piece))
	work(short[:1<<10]) // what is made on first use isn't measured
	for range 3 {
		if more := spent(work, long); more < unfelt || more < most*spent(work, short) {
			return false
		}
	}
	return true
}

// spent is the processor's time that a piece of work has.
func spent(work func(string), text string) time.Duration {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	begun := onProcessor()
	work(text)
	return onProcessor() - begun
}
