// Package blob keeps bytes under the name of their SHA-256 hash.
//
// It promises: when Put returns, the bytes, their name and the folders above
// are on the disk, synced (I1); the same bytes are kept once; a second Put
// renews their age, so that the sweep of unreferenced blobs, which spares what
// is younger than a day, never takes what is about to be referenced. It never
// serves bytes that don't match their name.
package blob
