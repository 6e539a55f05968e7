package app

import (
	"context"
	"runtime/debug"
	"sync/atomic"
	"time"
)

// A burst of mail leaves pages behind that Go and SQLite would keep for the
// next one. Most desks share a small machine, so they are given back once it
// is over.
const (
	restLook  = 15 * time.Second
	busyAbove = 20 // announcements of writes between two looks
)

// runMemory gives memory back when a burst has ended, and once after start.
func (a *App) runMemory(ctx context.Context) {
	var writes atomic.Int64
	a.db.OnWrite(func([]string) { writes.Add(1) })
	never := make(chan struct{})
	for busy := true; wait(ctx, restLook, never); {
		if writes.Swap(0) > busyAbove {
			busy = true
			continue
		}
		if busy {
			busy = false
			if err := a.db.Shrink(ctx); err != nil && ctx.Err() == nil {
				a.log.Warn("give memory back", "error", err)
			}
			debug.FreeOSMemory()
		}
	}
}
