// Package label keeps a shop's own words for its conversations: reasons for
// contact, tags, further fields, and the products and causes noted before.
//
// It promises: at most 25 reasons in two levels; one tag a word, however it is
// spelt; what was taken out of use keeps its figures and its place on old
// conversations. It never touches a conversation: package desk writes those.
package label
