package clock

import (
	"sync"
	"time"
)

// Clock tells the time. Instants are UTC with microsecond precision, which is
// what both stores keep.
type Clock interface{ Now() time.Time }

// System is the machine's clock.
type System struct{}

// Now reads the machine's time.
func (System) Now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// Set is a clock that stands still until it is moved; for tests and for the
// demo shop, whose story is told relative to one instant.
type Set struct {
	mu  sync.Mutex
	now time.Time
}

// At makes a Set clock that shows t.
func At(t time.Time) *Set { return &Set{now: t.UTC().Truncate(time.Microsecond)} }

// Now shows the instant it was last moved to.
func (c *Set) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Move sets the clock, backwards too: real clocks jump.
func (c *Set) Move(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t.UTC().Truncate(time.Microsecond)
}

// Advance moves the clock forward by d.
func (c *Set) Advance(d time.Duration) { c.Move(c.Now().Add(d)) }
