// Package mime turns the raw bytes of any mail into facts: who wrote, to whom,
// what it says, what hangs on it, and what kind of mail it is.
//
// It promises:
//   - every string is valid UTF-8 without NUL, every list is bounded;
//   - any input is treated in time linear in its size, without panicking;
//   - nothing a person could have written or attached is dropped: what can't
//     be decoded is kept as it came, with a warning;
//   - the same bytes always give the same facts.
//
// It never reads a clock, a network or a database, never decides what happens
// to a mail, and never cleans HTML for display (that is package sanitise).
//
// The tree of parts is cut by our own reader rather than by a library: with
// 40,000 small parts (400 KB) or a few hundred nested levels the usual ones
// take from seconds to minutes, and a stranger can send both.
package mime
