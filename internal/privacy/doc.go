// Package privacy knows where words about people lie (I10).
//
// It promises: every text column of both stores is listed with what erasure
// does to it, and a test fails on one that isn't; docs/erasure.md is that list
// as a page. It will hold access, export and erasure, each calling the packages
// that own the rows. It never decides what the law wants kept: package law does.
package privacy
