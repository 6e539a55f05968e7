// Package thumbnail turns a picture of a stranger into a small one of our own.
//
// It promises: what comes out was drawn anew, so nothing but colours survives
// of what came in; a picture is measured before it is decoded, and what would
// need too much memory or time is refused; at most two are decoded at once in
// the whole process, large ones alone; an idle process keeps nothing of it.
//
// It never reads a file, a store or a network, never trusts a declared type,
// and never runs native code of the machine: HEIC is decoded within a
// WebAssembly sandbox of bounded memory.
package thumbnail
