// Package script tells stories to the built program, as somebody at a terminal
// lives them. Each testdata/*.txtar is one; its first lines say whose.
//
// Beside testscript's own commands there are:
//
//	desk DIR         the desk of Maison Lila in DIR: two mails, one answer about to leave
//	flip FILE WORD   turns one bit of the byte behind WORD in FILE
//	serve DIR        a desk at work on DIR until the story ends; its addresses are
//	                 $LISTEN and $SMTP
package script
