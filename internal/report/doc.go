// Package report counts what happened, for the leader's page: how long
// customers waited, which promises were kept, how much comes in and when, and
// who will be late today at this pace.
//
// It promises: the figures are a function of the rows that events tell of. The
// event feed says which conversations changed; each is counted anew and the
// difference goes into the figures, in the transaction that moves the place in
// the feed (Fold). So an event that is read twice changes nothing, a crash
// loses nothing, and counting everything anew (Rebuild) gives the same. What a
// conversation is about counts as it is known now: a reason that was named
// after the answer moves its figures to that reason.
//
// A page reads counts by day, never conversations, so its cost depends on the
// period and not on the archive (I12). Answer times are kept as counts of
// classes that are 1/16 of their doubling wide: a median or percentile is
// within 3.2 % of the true one (below a minute: within 30 s). Opening hours
// are those of the day on which an answer was first counted, also when all is
// counted anew later; days are the shop's own, and move when its zone does.
//
// It never ranks people, never keeps personal text (I10), and never lays a
// broken promise at one person's door: those are the shop's.
package report
