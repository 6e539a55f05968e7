// Package reply is the one door out (I3): it composes, asks the guard, and
// writes message, delivery and job in one transaction.
//
// It promises: nothing leaves with a hole in it or unsigned (P04, P09);
// nothing leaves that its author wrote without having seen the customer's
// newest message, unless they say so by looking again; a second press changes
// nothing; an acknowledgement goes once per conversation and keeps nothing. It
// never sends by itself: package delivery carries what it wrote.
package reply
