// Package knowledge keeps what a shop has written once to say it often: its
// saved answers, with folders, shortcut words, a text per language, an owner and
// a review date (P11).
//
// It promises: a saved answer belongs to a shop, and a person's own to that
// person alone; two people who change one lose nothing, the second is told; a
// language that has no text is said and never replaced by another; what is
// archived can be brought back. A new shop begins with ready answers that name
// no condition the law doesn't know.
//
// It never sends and never changes a conversation: it gives text and proposed
// actions to whoever writes.
package knowledge
