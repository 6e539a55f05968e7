// Package id gives every kind of row its own identifier type, so that a
// conversation can never be passed where a message is meant. Identifiers are
// positive and never reused; zero means "none" and is stored as NULL.
package id
