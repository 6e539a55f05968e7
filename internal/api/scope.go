package api

import (
	"strings"

	"github.com/comptoir-desk/comptoir/internal/team"
)

// scopesOfPermission are the scopes of paths whose permission says it all.
var scopesOfPermission = map[team.Permission]team.Scope{
	team.SettingsShop: team.ScopeShop, team.SettingsMailboxes: team.ScopeMailboxes, team.SettingsPeople: team.ScopePeople,
	team.SettingsAPI: team.ScopeWebhooks, team.GuardRestore: team.ScopeShop, team.SavedAnswers: team.ScopeSavedAnswers,
	team.Quarantine: team.ScopeMail, team.Outbox: team.ScopeMail,
}

// scopeOf says which scope a key needs for a path; "" where no key is let
// through: signing in, one's own account, keys, the first run.
func scopeOf(method, path string, needs team.Permission) team.Scope {
	begins := func(list ...string) bool {
		for _, p := range list {
			if path == p || strings.HasPrefix(path, p+"/") {
				return true
			}
		}
		return false
	}
	switch {
	case begins("/report/arrangement"): // a person's own
		return ""
	case begins("/session", "/setup", "/settings/keys", "/password-reset"), begins("/me") && (method != "GET" || path == "/me/devices" || path == "/me/notifications"):
		return ""
	case scopesOfPermission[needs] != "":
		return scopesOfPermission[needs]
	case begins("/false-alarms") && method != "GET":
		return team.ScopeShop
	case begins("/settings/people"):
		return team.ScopePeople
	case begins("/quarantine", "/outbox"):
		return team.ScopeMail
	case method == "GET":
		return team.ScopeRead
	case begins("/saved-answers", "/saved-answer-folders"):
		return team.ScopeSavedAnswers
	case begins("/attachments", "/deliveries", "/readings", "/incidents"), strings.HasSuffix(path, "/readings"), strings.HasSuffix(path, "/draft"), strings.HasSuffix(path, "/check"), strings.HasSuffix(path, "/false-alarms"), strings.HasSuffix(path, "/replies"):
		return team.ScopeReply
	}
	return team.ScopeConversations
}
