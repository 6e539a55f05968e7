// Package e2e tells the desk's stories with real parts: the binary as it is
// shipped, Postfix and Dovecot, and Chromium in front of it. The Go side keeps
// the world outside the browser and says what customers found in their
// mailboxes; the stories (stories/*.mjs) say what people do and see.
//
// It promises: each story has servers, data and browser of its own, and leaves
// pictures and a trace in out/ when it fails, and only then. It never looks
// into the desk's tables.
package e2e
