// Package pdf writes a conversation as a PDF file, to be printed, filed or sent
// to a mediator: everything that was said, unfolded, with its times, what was
// promised and by which article, and each file with its size and SHA-256.
//
// It promises: the same document gives the same words, whatever the text holds;
// no text is cut; a sign that the font hasn't is shown as one and told of at
// the end, never left out in silence; page numbers and the shop's head are on
// every page.
//
// It never reads a store, a clock or a file, and decides nothing of what is
// shown: the caller brings it all, private notes only when asked for.
package pdf
