package rig

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Stage stands in for a test where the project's test servers ask for one: what
// they start ends with it.
type Stage struct {
	testing.TB

	ctx     context.Context //nolint:containedctx // a test has one too
	mu      sync.Mutex
	endings []func()
}

// Play runs a bench on a stage and returns the program's exit code. Whatever
// was started is ended, also when the bench fails or is interrupted.
func Play(bench func(s *Stage) error) (code int) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	s := &Stage{ctx: ctx}
	defer s.end()
	failed := make(chan error, 1)
	go func() {
		err := fmt.Errorf("given up") // stays when Fatal ends the goroutine
		defer func() { failed <- err }()
		err = bench(s)
	}()
	if err := <-failed; err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		return 1
	}
	return 0
}

func (s *Stage) end() {
	for {
		s.mu.Lock()
		n := len(s.endings)
		if n == 0 {
			s.mu.Unlock()
			return
		}
		last := s.endings[n-1]
		s.endings = s.endings[:n-1]
		s.mu.Unlock()
		last()
	}
}

// Context ends when the bench is interrupted.
func (s *Stage) Context() context.Context { return s.ctx }

// Helper does nothing: there are no lines of a test to name.
func (*Stage) Helper() {}

// Cleanup registers an ending; the last runs first.
func (s *Stage) Cleanup(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.endings = append(s.endings, f)
}

// Log prints a line.
func (*Stage) Log(args ...any) { fmt.Fprintln(os.Stderr, args...) }

// Logf prints a line.
func (*Stage) Logf(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

// Error prints a line; the bench goes on.
func (s *Stage) Error(args ...any) { s.Log(args...) }

// Errorf prints a line; the bench goes on.
func (s *Stage) Errorf(format string, args ...any) { s.Logf(format, args...) }

// Fatal prints a line and ends the bench.
func (s *Stage) Fatal(args ...any) {
	s.Log(args...)
	runtime.Goexit()
}

// Fatalf prints a line and ends the bench.
func (s *Stage) Fatalf(format string, args ...any) {
	s.Logf(format, args...)
	runtime.Goexit()
}

// TempDir makes a folder that goes with the stage.
func (s *Stage) TempDir() string {
	dir, err := os.MkdirTemp("", "comptoir-bench-") //nolint:usetesting // this is what stands for the test
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// Rest waits; an error says that the bench was interrupted.
func (s *Stage) Rest(d time.Duration) error {
	pause(s.ctx, d)
	return s.ctx.Err()
}
