// Package pledge reads what a text promises: who is called back, refunded, sent
// or told something, by when, and how much; in French and English.
//
// It promises to be a pure function of the words and the clock it is given, to
// resolve dates on the clock of a zone and open days by the shop's hours, and to
// stay silent rather than to guess. It never writes a promise down: packages reply
// and promise do, once an answer leaves.
package pledge
