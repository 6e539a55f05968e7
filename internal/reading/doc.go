// Package reading lets a colleague read a draft before it leaves.
//
// It promises: a draft that waits for a second reading is not changed by
// anybody, so that what is sent is what was read; the reader has 15 open minutes,
// a promise of theirs; sending it is the one door's (I3): the guard runs again,
// it leaves in its author's name, with what the reader had on screen as the last
// message seen, so that a customer who wrote meanwhile is read first (I2). Who
// read it stays on record. The customer's own promise is untouched until the
// answer is accepted.
//
// It never sends by itself and never lets an author approve their own draft.
package reading
