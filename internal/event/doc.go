// Package event keeps the one story of what happened (I9).
//
// It promises: an event is written in the transaction of the change it tells
// of; readers see every event exactly once and in one order, whichever
// transaction committed first; reactions become jobs in that same transaction.
// It never carries personal text: ids, enums and amounts only.
package event
