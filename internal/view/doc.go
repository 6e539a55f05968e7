// Package view answers the desk's screens: the lists, their counts, one
// conversation with everything beside it, the quarantine and the outbox.
//
// It promises: each answer is read on one snapshot and carries the place in the
// event feed that it knows (I9); what belongs to another shop doesn't exist
// (I13); the cost of a screen doesn't grow with the archive (I12): a page is
// found by one index, without a sort or a filter across a join, and what stands
// beside its rows is fetched by their ids.
//
// It never writes, never locks, and decides nothing: due times, states and
// trays are those that the packages below keep in their rows.
package view
