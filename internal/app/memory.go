package app

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"time"
)

// A burst of mail leaves pages behind that Go and SQLite would keep for the
// next one. Most desks share a small machine, so they are given back once it
// is over, and again when a quiet desk has gathered some.
const (
	restLook  = 15 * time.Second
	busyAbove = 20      // announcements of writes between two looks
	gathered  = 2 << 20 // bytes that are worth the milliseconds of giving them back
)

// runMemory gives memory back when a burst has ended, once after start, and
// while nothing happens. Go by itself keeps what its collections free: a tenth
// more than its goal, which after a burst and with few allocations is long out
// of date.
func (a *App) runMemory(ctx context.Context) {
	var writes atomic.Int64
	a.db.OnWrite(func([]string) { writes.Add(1) })
	never := make(chan struct{})
	held := uint64(0) // after the last time
	for look := 1; wait(ctx, restLook, never); look++ {
		if writes.Swap(0) > busyAbove {
			held = 0
			continue
		}
		// Pages being read leave garbage too: once a minute is often enough.
		if held > 0 && look%4 != 0 {
			continue
		}
		if err := giveBinaryBack(); err != nil {
			a.log.Debug("give memory back", "error", err)
		}
		if held > 0 && heapHeld() < held+gathered {
			continue
		}
		if err := a.db.Shrink(ctx); err != nil && ctx.Err() == nil {
			a.log.Warn("give memory back", "error", err)
		}
		debug.FreeOSMemory()
		held = heapHeld()
	}
}

// heapHeld is what Go's heap holds of the machine's memory: objects, garbage
// and pages kept for later. Reading it stops nobody, unlike runtime.MemStats.
func heapHeld() (bytes uint64) {
	samples := []metrics.Sample{
		{Name: "/memory/classes/heap/objects:bytes"},
		{Name: "/memory/classes/heap/unused:bytes"},
		{Name: "/memory/classes/heap/free:bytes"},
	}
	metrics.Read(samples)
	for _, s := range samples {
		if s.Value.Kind() == metrics.KindUint64 {
			bytes += s.Value.Uint64()
		}
	}
	return bytes
}
