// Package search keeps which messages hold which words, and finds them again.
//
// It promises: a message is found from the commit that wrote it on, and not
// after the one that removed it; both stores give the same messages in the same
// order; words match without regard to case, accents and French or English
// endings; a question of any bytes is answered or refused with a sentence, in
// time that its length bounds; an index of older rules serves until the new one
// is whole, whatever is killed meanwhile.
//
// It keeps words without their order or number: phrases are checked, and
// excerpts and relevance made, from the messages themselves by its caller. It
// knows messages by number alone, reads no table of another package, and never
// shows anything to anybody.
//
// What is kept are words of customers' messages: Remove is their eraser (I10).
// SQLite drops the bytes of a removed message when it next merges the pages
// that hold them; Forget makes it do so at once.
package search
