// Package site serves the pages that need no account: today the page on which
// somebody whom the shop asked answers (package ask).
//
// It promises: a page works without JavaScript, without a cookie and on a phone,
// in the language of whoever reads it; it loads nothing from elsewhere and can't
// be framed; a GET changes nothing (I7), however often a mail scanner follows a
// link; what strangers upload is data, given back only as something to save, or
// as a picture that its bytes prove to be one (I8).
//
// It never shows more than the package behind it hands over, never logs the
// secret part of an address, and knows no signed-in person.
package site
