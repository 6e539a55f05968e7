package view

import "github.com/comptoir-desk/comptoir/internal/store"

// ListStatement is the statement of a list, for the test of its plan.
func ListStatement(v View) store.Statement { return listings[v].page }

// RankStatement is that of a list in the order of a Monday.
func RankStatement(v View) store.Statement { return *listings[v].byRank }

// TaggedStatement is that of what is owed with a tag.
func TaggedStatement() store.Statement { return owedWithTag.page }

// NarrowedStatements are those of a base with a filter over it: where the
// search ends, and its rows.
func NarrowedStatements(base View, filter string) (end, rows string, err error) {
	f, err := ParseFilter(filter)
	if err != nil {
		return "", "", err
	}
	n, err := narrow(base, f)
	if err != nil {
		return "", "", err
	}
	c := n.begin(look{})
	end = `select c.` + n.list.column + ` as at, c.id from conversation c` + n.behind(c, place{}) + n.order() + ` limit 1 offset ` + c.add(fixed(1))
	c = n.begin(look{})
	where, err := n.between(c, place{}, place{})
	return end, conversationRow + where + n.order() + ` limit ` + c.add(fixed(1)), err
}

// OutboxStatement is that of a list of the outbox.
func OutboxStatement(state string) store.Statement { return outboxes[state] }

// CountStatements are those of the counts, by name.
var CountStatements = map[string]store.Statement{
	"owed": countOwed, "broken": countBroken, "near": countNear, "unassigned": countUnassigned, "mine": countMine,
	"waiting": countWaiting, "team": countTeam, "scheduled": countScheduled, "courtesy": countCourtesy, "sort": countSort, "held": countHeld, "next turn": nextTurn, "happened": happened,
}

// OtherStatements are the others that a screen runs, by name.
var OtherStatements = map[string]store.Statement{
	"next": nextOwed, "next by rank": nextRanked, "messages": selectMessages, "events": selectEvents, "promises": selectPromises, "previous": selectPrevious,
	"suggestions": selectSuggestions, "conversations of a customer": countConversations, "kept": selectKept,
	"recent customers": selectRecent, "customers by address": selectPrefix, "newest mail": selectNewestMail, "what lies beside": selectBeside,
	"passed reasons": selectPassed,
}
