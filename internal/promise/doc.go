// Package promise keeps the ledger of everything that the shop owes somebody:
// each with a due time, a basis, a person in charge and an end.
//
// It promises: a conversation has at most one open answer promise, which lists
// the messages it covers (I2); a finished promise never changes; nothing ends
// by silence; due times are rows (I5). It never reads a message's words, never
// keeps a promise because of an acknowledgement, and never moves a due time
// because somebody snoozed.
//
//	         ┌──────────────── open ───────────────┐
//	         │   marks: near_told, broken_at       │
//	kept ◀───┤   (broken is a mark, not an end)    ├──▶ ended (unreachable,
//	waived ◀─┤                                     │     unconfirmed, no_news)
//	         └──────▶ passed ──▶ another promise ──┘
//
// Its operations run inside the transaction of the package that called, which
// holds the conversation's lock (conversation → promise → delivery).
package promise
