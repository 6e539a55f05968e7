// Package mailserver runs the mail servers that the tests talk to: a real
// Dovecot (IMAP, LMTP), a real Postfix that delivers into it, and Sink, a small
// SMTP server of our own as the peer that misbehaves.
//
// It promises loopback only, private folders, random ports, and an end with the
// test that started it (package daemon). Mailboxes are read and written by IMAP,
// as a shop's own mail program would: what a test finds there is what a real
// server holds, so it can be the judge of "nothing lost, nothing doubled".
//
// Addresses under example and *.example are accepted (RFC 2606: nobody owns
// them). It never resolves a name and never sends mail off the machine.
package mailserver
