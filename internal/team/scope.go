package team

import (
	"slices"
	"strings"
)

// Scope is a part of what a key of a program may do.
type Scope string

// The scopes. Refusing a legal right and reading why a stop was passed are for
// people alone (I6).
const (
	ScopeRead          Scope = "read"                // every list, conversation, file
	ScopeConversations Scope = "conversations:write" // assign, note, snooze, close, merge, waive
	ScopeReply         Scope = "reply"               // draft and send answers to customers
	ScopeMail          Scope = "mail:write"          // outbox and unreadable mail, raw
	ScopeSavedAnswers  Scope = "saved_answers:write"
	ScopeShop          Scope = "settings:shop"
	ScopeMailboxes     Scope = "settings:mailboxes"
	ScopePeople        Scope = "settings:people"
	ScopeWebhooks      Scope = "settings:webhooks"
)

// scopePermissions are the permissions behind each scope. Which path asks for
// which scope is finer and stands with the paths (package api).
var scopePermissions = map[Scope][]Permission{
	ScopeRead:          {},
	ScopeConversations: {Reply, Assign, Waive, Merge, EscalateTake},
	ScopeReply:         {Reply},
	ScopeMail:          {Outbox, Quarantine},
	ScopeSavedAnswers:  {SavedAnswers, Reply},
	ScopeShop:          {SettingsShop},
	ScopeMailboxes:     {SettingsMailboxes},
	ScopePeople:        {SettingsPeople},
	ScopeWebhooks:      {SettingsAPI},
}

// AllScopes lists the scopes, in the order in which a screen offers them.
func AllScopes() []Scope {
	return []Scope{
		ScopeRead, ScopeConversations, ScopeReply, ScopeMail, ScopeSavedAnswers, ScopeShop, ScopeMailboxes, ScopePeople, ScopeWebhooks,
	}
}

// Scopes are those of one key: words with a space between, as they are stored.
type Scopes string

// List gives them one by one.
func (s Scopes) List() []Scope {
	out := []Scope{}
	for word := range strings.FieldsSeq(string(s)) {
		out = append(out, Scope(word))
	}
	return out
}

// Has tells whether one of them is the scope.
func (s Scopes) Has(one Scope) bool { return slices.Contains(s.List(), one) }

func (s Scopes) allow(p Permission) bool {
	return slices.ContainsFunc(s.List(), func(one Scope) bool { return slices.Contains(scopePermissions[one], p) })
}

// joinScopes keeps the known ones once each, in their usual order; false when
// one is unknown.
func joinScopes(list []Scope) (Scopes, bool) {
	words := []string{}
	for _, known := range AllScopes() {
		if slices.Contains(list, known) {
			words = append(words, string(known))
		}
	}
	unknown := slices.ContainsFunc(list, func(s Scope) bool { return !slices.Contains(AllScopes(), s) })
	return Scopes(strings.Join(words, " ")), !unknown
}
