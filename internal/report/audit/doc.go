// Package audit tells from the headers of a mailbox how its customers were
// answered so far: how many never were, how long the others waited.
//
// It promises: it is pure, and the same headers give the same findings; it
// reads no word of any mail but its subject. It never says more than headers
// can show: a mail that only says "thank you" looks like one that waits, so
// mails that answer one of ours are counted apart.
package audit
