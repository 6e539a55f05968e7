// Package shop keeps what a shop is: its identity and texts, opening hours and
// promised delay per channel, and the mailboxes through which it is written to.
//
// It promises: each change is validated whole, written with its event, and seen
// by the very next reader on every node; hours and delay are cheap enough to be
// asked for each message; passwords and keys rest sealed.
//
// It never connects to a mail server (package channel/mail does), never decides
// what is owed (package promise does) and knows nobody of the team.
package shop
