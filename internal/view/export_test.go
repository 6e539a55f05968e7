package view

import "github.com/comptoir-desk/comptoir/internal/store"

// ListStatement is the statement of a list, for the test of its plan.
func ListStatement(v View) store.Statement { return listings[v].page }

// OutboxStatement is that of a list of the outbox.
func OutboxStatement(state string) store.Statement { return outboxes[state] }

// CountStatements are those of the counts, by name.
var CountStatements = map[string]store.Statement{
	"owed": countOwed, "broken": countBroken, "near": countNear, "unassigned": countUnassigned, "mine": countMine,
	"waiting": countWaiting, "courtesy": countCourtesy, "sort": countSort, "held": countHeld, "next turn": nextTurn, "happened": happened,
}

// OtherStatements are the others that a screen runs, by name.
var OtherStatements = map[string]store.Statement{
	"next": nextOwed, "messages": selectMessages, "events": selectEvents, "promises": selectPromises, "previous": selectPrevious,
	"suggestions": selectSuggestions, "conversations of a customer": countConversations, "kept": selectKept,
	"recent customers": selectRecent, "customers by address": selectPrefix, "newest mail": selectNewestMail, "newest message": newestMessage,
	"passed reasons": selectPassed,
}
