// Package jobs does later, durably, what a transaction decided now.
//
// It promises: a job exists if and only if the transaction that added it
// committed; it runs at least once, at or after its time, also after a crash;
// a job that kills the process five times is parked and shown, not run for
// ever, and those that ran beside it go on; a worker that lost its lease can
// finish nothing (fencing). It never promises exactly once: handlers are
// idempotent by a named key.
//
//	       add                 claim (attempts+1)
//	────────────────▶ ready ─────────────────────▶ running ──done──▶ (deleted)
//	                    ▲ ▲                          │  │
//	                    │ └───error: later, backoff──┘  │
//	                    └───────lease ran out───────────┤
//	                           attempts used up ────────┴──▶ parked (kept, told by doctor;
//	                                                                Retry: ready, attempts 0)
package jobs
