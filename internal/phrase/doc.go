// Package phrase reads a text word by word and finds phrases in it.
//
// It promises one pass from left to right, so that what it costs grows with the
// text and no faster, whatever somebody pastes; words are folded (package lang),
// and no phrase crosses the end of a sentence. It knows French and English
// spelling only as far as elisions and abbreviations go, and no meaning.
package phrase
