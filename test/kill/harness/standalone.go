package harness

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"testing"
)

// Standalone tells a story outside of `go test`, as bench/kill does: what the
// story holds against the desk is written to out, and counted.
func Standalone(out io.Writer, story func(testing.TB)) (faults int) {
	ctx, cancel := context.WithCancel(context.Background())
	b := &bench{out: out, ctx: ctx}
	done := make(chan struct{})
	go func() { // Fatal ends the goroutine, as in a test
		defer close(done)
		defer b.clean()
		story(b)
	}()
	<-done
	cancel()
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.faults
}

// bench is a testing.TB for a program. The embedded nil stands for the methods
// that no story needs.
type bench struct {
	testing.TB

	out      io.Writer
	ctx      context.Context //nolint:containedctx // that is what TB.Context gives
	mu       sync.Mutex
	faults   int
	cleanups []func()
}

func (*bench) Helper()                    {}
func (*bench) Name() string               { return "bench" }
func (b *bench) Context() context.Context { return b.ctx }

func (b *bench) Cleanup(fn func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cleanups = append(b.cleanups, fn)
}

func (b *bench) clean() {
	for {
		b.mu.Lock()
		if len(b.cleanups) == 0 {
			b.mu.Unlock()
			return
		}
		last := b.cleanups[len(b.cleanups)-1]
		b.cleanups = b.cleanups[:len(b.cleanups)-1]
		b.mu.Unlock()
		last()
	}
}

func (b *bench) TempDir() string {
	dir, err := os.MkdirTemp("", "comptoir-bench-")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func (b *bench) fault() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.faults++
}

func (b *bench) Failed() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.faults > 0
}

func (b *bench) Log(args ...any)                 { fmt.Fprintln(b.out, args...) }
func (b *bench) Logf(format string, args ...any) { fmt.Fprintf(b.out, format+"\n", args...) }

func (b *bench) Error(args ...any) {
	b.fault()
	b.Log(args...)
}

func (b *bench) Errorf(format string, args ...any) {
	b.fault()
	b.Logf(format, args...)
}

func (b *bench) Fatal(args ...any) {
	b.Error(args...)
	runtime.Goexit()
}

func (b *bench) Fatalf(format string, args ...any) {
	b.Errorf(format, args...)
	runtime.Goexit()
}
