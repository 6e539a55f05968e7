// Package letters writes customers' mails for the benches: French, with a fixed
// seed, so that two runs read the same bytes.
//
// It promises that a mail's text, sender and thread depend only on its number
// and the seed. It never copies a real mail; shop, people and orders are made up.
package letters
