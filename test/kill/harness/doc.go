// Package harness kills the built desk while it receives and sends, and judges
// what is left by what the mail servers hold.
//
// It promises: the program under judgement is the binary, ended by SIGKILL at a
// named failpoint or at a random moment and started again on the same data
// folder; the oracle is the mailbox (by IMAP) and the sink (by what it
// accepted), compared byte by byte with what the API shows, never our own
// tables; nothing that it started outlives it (package daemon).
//
// It never looks into the data folder, and never repairs: what a person would
// have to press (the retry of a held mail) it presses by the API and counts.
//
// Tests and bench/kill call the same three stories: Ingest, Send and Restart.
package harness
