// Package intake keeps what came in, raw, before its source hears "received"
// (I1), and shows at any time that nothing is missing.
//
// It promises: when Store returns nil, the bytes, the row and the job that
// parses them are durable; the same item (mailbox, folder, UIDVALIDITY, UID)
// stored twice is one item and one job; an item is never deleted here; what
// cannot be parsed is quarantined with a reason, readable raw, and can be
// replayed. A folder's position only moves forward, over UIDs that are all
// stored.
//
// It never parses mail, never talks to a mail server and never decides what an
// item means.
//
//	Store ──▶ stored ──parsed──▶ taken (message)
//	  │         │ ▲
//	  │   cannot│ │Replay
//	  │         ▼ │
//	  └──────▶ quarantined ──SetAside──▶ set_aside
package intake
