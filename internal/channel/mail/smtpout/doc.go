// Package smtpout hands fixed bytes to the shop's SMTP server and says, for
// each recipient, what became of them.
//
// It promises: beforeDot runs after the last byte of the mail has left and
// before the dot that makes the server take it, so that the caller can record
// dot_pending durably (I4); without that record the dot is never sent; Accepted
// means that the server said so after the dot; Uncertain means that the dot
// left and no answer came, and nothing else is ever uncertain; Hard means that
// this recipient or these bytes were refused, never that our password, our
// certificate, our sender address or our server is at fault. Such faults are
// Soft and carry a sentence that says what to do.
//
// It never changes a byte (a mail that the server cannot carry is refused, not
// converted), never retries a mail that may have been taken, never sleeps, and
// keeps nothing: states, attempts and backoff are package delivery's.
//
// Why not go-smtp's client (v0.25.1, read in its source): its data writer is a
// textproto.DotWriter over a 4 KB buffer, both private, so the tail of a mail
// leaves together with the dot and nothing can run in between; it sets and
// clears the connection's deadlines itself, so a context cannot bound a step
// and a peer that stops reading in the body blocks for ever; Reset makes it say
// EHLO again before each mail. The dialogue here is written on net.Conn; the
// sign-in mechanisms are go-sasl's clients, with LOGIN and XOAUTH2 of our own:
// go-sasl's LOGIN stops at any challenge that is not exactly "Password:", and
// it has no XOAUTH2.
package smtpout
