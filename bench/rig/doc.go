// Package rig sets up what the benches measure: the built binary as a child
// process in its production configuration, on real servers, driven through its
// API and watched from outside.
//
// It promises that figures come from the kernel (/proc), from the mail server
// or from a read-only look at the store, never from counters of the program
// that is measured. It never runs the desk inside the bench's own process.
package rig
