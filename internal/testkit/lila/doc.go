// Package lila is Maison Lila's desk on an empty store, as the tests of what is
// done with conversations need it: a shop with a mailbox, its people, customers
// who write, the one door out, and jobs that run when they are due. It is opened
// on Monday 23 November 2026 at 10:00 in Paris. It is for tests only.
package lila
