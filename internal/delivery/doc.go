// Package delivery keeps a record of every mail that leaves (I4).
//
// It promises: the bytes and the Message-ID are fixed when the record is
// written; nothing is lost when the process dies, and nothing is sent twice
// but what died between the last byte and the answer, which is shown as
// uncertain; a promise is kept only when the channel accepted the customer's
// copy. It never composes, and only package reply creates records (I3).
//
//	            claim              before the final dot        answer
//	  queued ──────────▶ claimed ─────────────────▶ dot_pending ───────▶ accepted
//	    ▲ ▲                 │ died: again at once        │   ├──▶ soft ──▶ claimed …
//	    │ └── soft, due ────┘                            │   └──▶ hard
//	    │                                    died or cut ▼
//	    └───── after 10 min, once ◀────────────────── uncertain ──again──▶ held
//
//	queued ──undo──▶ undone      no server ──▶ held (a demo shop: local)
package delivery
