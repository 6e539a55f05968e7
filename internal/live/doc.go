// Package live tells connected screens that something happened.
//
// It promises: a client that reconnects with the cursor it last saw misses no
// event and gets none twice, because the event table is the source and the bus
// only wakes. It never keeps the only copy of anything.
package live
