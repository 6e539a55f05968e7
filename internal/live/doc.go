// Package live tells connected screens that something happened, and who has
// which conversation before them.
//
// It promises: a client that reconnects with the cursor it last saw misses no
// event and gets none twice, because the event table is the source and the bus
// only wakes. It never keeps the only copy of anything that lasts: who reads and
// who writes is told by the bus alone, in ids, is written nowhere, and ends by
// itself 40 s after the last sign of life, on each node by its own clock.
package live
