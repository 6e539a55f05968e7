// Package law computes what French consumer law and the European texts behind it
// make of dated facts: until when somebody may withdraw, by when a refund is due
// and what lateness adds, when a delivery is late, how long a guarantee runs,
// which phone number may be shown and when one may call, how long data is kept.
//
// It promises that each answer is a date, an instant or an amount together with
// its reasons, in French and in English, and the articles it stands on (I6); that
// the same facts and Settings always give the same answer; that whatever is
// unknown is read in the consumer's favour and said so. What the texts leave
// open, what was not read word for word, and what changes on a date is a field
// of Settings, never a number in the code: docs/law.md lists them.
//
// It never reads a clock, a table or a file, never refuses anybody anything (a
// person does, see I6), and gives no legal advice: its answers are equal to the
// sources it cites, read on 22 November 2026, and worth no more than they are.
//
// Dates are civil days. A consumer's period ends with its last day, at the later
// of midnight in Paris and where the consumer lives; a trader's date is strict
// unless Settings say otherwise.
package law
