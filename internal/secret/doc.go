// Package secret seals what the desk must be able to read again but nobody else
// should: passwords of mailboxes, secrets of two-step sign-in, DKIM keys.
//
// It promises: what it seals is unreadable and unforgeable without the key
// (AES-256-GCM, NIST SP 800-38D), and a sealed text taken from one place does
// not open in another, since each is bound to its context. The key lies outside
// the database, so a copy of the database alone opens nothing.
//
// It never hashes passwords of people (package team does) and never logs or
// returns the key.
package secret
