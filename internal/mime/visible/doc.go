// Package visible separates what a person wrote now from the history that
// their mail program quoted below, above or around it.
//
// It promises: nothing is lost (Text and Quote together hold every character
// of the input that is not blank), the time is linear in the size of the
// input, no input makes it panic, and in doubt it shows. Hiding a customer's
// own words is the worst fault it can have; showing a quote is a small one.
// So text below a quote stays, answers between quoted lines stay with the
// questions around them, a forwarded message stays, and a mail that would be
// left empty is shown whole.
//
// It never sanitises (package sanitise does), never reads a clock, a network
// or a store, and never removes a signature.
package visible
