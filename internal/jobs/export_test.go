package jobs

import "time"

// BeatEvery sets how often a lease is renewed, before the workers run.
func (w *Workers) BeatEvery(d time.Duration) { w.heartbeat = d }
