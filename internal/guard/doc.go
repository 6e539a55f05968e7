// Package guard reads a draft before it leaves and says what the shop's best
// colleague would have caught: a hole in a template, a card number, no
// signature.
//
// It promises to be a pure function of the draft and the facts it is given: same
// input, same findings, each with the words it is about and what to do. It takes
// a few milliseconds and no SQL, clock or network, so that it can run while a
// person types and again in the transaction that sends (I3). It decides nothing:
// what a finding stops is the business of package reply, and no finding ever
// delays a legal receipt.
//
// Only what the author wrote is to be handed in: no quote, no signature.
package guard
