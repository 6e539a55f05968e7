// Package lang knows the little of French and English that a customer-service
// desk needs: which of the two a line is written in, how it compares without
// accents, French spacing, dates in words, and what is evidently no more than a
// thank-you.
//
// It promises to stay silent in doubt: Detect answers "" rather than a wrong
// language, and Courtesy answers false rather than hide a question. It never
// reads a clock or the network, and keeps nothing of what it reads.
package lang
