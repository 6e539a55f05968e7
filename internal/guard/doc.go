// Package guard reads a draft before it leaves and says what the shop's best
// colleague would have caught: a hole in a template, a card number, another
// customer's order, no signature, an attachment that isn't there; a vague delay,
// a question left unanswered, anger, the wrong language, a dead link, a promise
// without a date, and the shop's own words. It also reads what the draft
// promises, and which of the customer's questions it speaks to.
//
// It promises to be a pure function of the draft and the facts it is given: same
// input, same findings, each with the words it is about, what to do, and the fix
// where there is one. It takes a few milliseconds and no SQL, clock or network,
// so that it can run while a person types and again in the transaction that sends
// (I3), and what it costs grows with the draft and no faster. It decides nothing:
// what a finding stops is the business of package reply, and no finding ever
// delays a legal receipt.
//
// Only what the author wrote counts: quoted lines, words of the customer's message
// and the signature are left out. A rule is a file and an entry in the list.
package guard
