// Package store opens the database, SQLite or PostgreSQL, and lends
// transactions to operations.
//
// It promises: an operation given to InTx has happened, durably, when InTx
// returns nil, and has not happened otherwise; the same statement text runs on
// both stores; instants are microseconds since 1970 in UTC. It never touches
// the network inside a transaction on behalf of a caller, and never retries
// what was committed.
package store
