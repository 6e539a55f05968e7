// Package sanitise makes HTML of strangers fit to be shown, and HTML of our
// own agents fit to be sent.
//
// It promises: the result holds only elements, attributes and style
// properties from its lists; nothing in it runs, submits, frames or covers the
// page; nothing in it fetches anything by itself unless the reader asked for
// remote pictures; a second pass changes nothing. Two walls stand behind each
// other: our own pass over the parsed document, then bluemonday's over the
// text. The app puts a third around them, a sandboxed frame with its own CSP.
//
// It never fetches, never follows a link and never reads a store.
package sanitise
