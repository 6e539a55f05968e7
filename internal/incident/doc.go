// Package incident answers many customers about one matter: a strike at the
// carrier, a faulty batch. Its conversations are gathered by hand; one text is
// filled in with the facts of each, shown whole, and sent one by one.
//
// It promises: each answer leaves by the one door (I3), under the guard, with
// what its author was shown as seen, and never twice in a round, whatever dies
// in between; who wrote meanwhile, or was answered, is left out and shown; what
// has not left can be paused and called back. While the incident lasts its
// banner stands in acknowledgements.
//
// It never keeps or opens a promise itself, never sends what nobody saw, and
// never speaks in legal receipts.
package incident
