// Package imapin reads mailboxes by IMAP (RFC 3501, RFC 9051) into package
// intake, and shows that nothing is missing.
//
// It promises: every mail of the inbox, junk and Sent folders is stored, read
// or unread, also after an outage of any length; a folder's position moves
// only over mail that is stored durably (I1); one mail that cannot be fetched
// is quarantined after three tries with what could be read, and never stops
// the others; reading changes nothing in the mailbox (EXAMINE, BODY.PEEK);
// flagging or moving is a job that follows durability; what was moved or
// expunged is never counted as missing.
//
// It never parses mail and never trusts a server's sizes or counts with its
// memory. It wraps go-imap, a beta, whole: nobody else imports it.
package imapin
