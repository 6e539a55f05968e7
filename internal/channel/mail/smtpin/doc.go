// Package smtpin listens for mail that a relay hands over by SMTP (RFC 5321)
// and stores it in package intake.
//
// It promises: 250 after DATA is said only when the mail is stored durably for
// each of its mailboxes (I1); a failing store is answered 451, so that the relay
// keeps the mail and tries again; a mail is taken only for mailboxes that the
// desk knows; a hostile or slow client costs a bounded amount of memory and
// connections, and never another client's mail.
//
// It never relays, never parses a mail, and never judges one: a wrong guess
// here would be a mail lost unseen.
package smtpin
