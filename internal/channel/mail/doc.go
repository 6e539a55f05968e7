// Package mail turns raw items into what the desk receives. Its folders are the
// ways in and out: imapin, smtpin, smtpout.
//
// It promises: an item is received, marked taken and its job ended in one
// transaction, so a crash leaves all or nothing of it; what cannot be parsed,
// takes too long or brings a worker down is quarantined with a reason, and the
// rest goes on; texts are valid UTF-8 without NUL, and bounded.
//
// It never reads meaning beyond the parser's own facts and never decides what a
// mail is owed.
package mail
