// Package webhook tells programs elsewhere what happened, by reading the event
// feed on their behalf (I9).
//
// It promises: each webhook is sent every event of its shop and kinds at least
// once and in the order of the feed, with an id that stays the same however
// often it is sent, so that a receiver can tell what it has had; a message
// holds ids, enums and a link to what they name, never what a person wrote, and
// is signed (Standard Webhooks 1.0: HMAC-SHA256 over id, time and body);
// what fails is tried again with growing waits, for 24 hours, then the webhook
// is disabled and its shop told, its place in the feed kept; what was sent is in
// a log for 30 days and can be sent again.
//
// It never delays anything else: it has workers of its own, one webhook at most
// holds one of them. It never follows a redirect, and never reaches into our
// own network unless the operator said so (package safehttp).
//
//	event feed ──fill──▶ waiting ──2xx──▶ delivered ──30 days──▶ (gone)
//	                      ▲   │ else: again later     │
//	                      │   └─24 h──▶ webhook disabled, delivery still waiting
//	                      └───────────replay──────────┘
package webhook
