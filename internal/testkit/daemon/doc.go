// Package daemon runs the real servers that tests talk to (PostgreSQL,
// Dovecot, Postfix) as children of the test process.
//
// It promises that a server never outlives its test process, however that
// process ends: a keeper waits on a pipe that only the test process holds, so
// that even kill -9 closes it; then the keeper ends the server and removes its
// folder. What a crash of the whole machine leaves behind is swept by the next
// run.
//
// It never writes outside the folders it made, never ends a process it did not
// start, and never shares a standard output: a server that keeps the caller's
// output open makes `go test` hang.
package daemon
