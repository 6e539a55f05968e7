package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/comptoir-desk/comptoir/internal/team"
)

// rate is how often a caller may use a path.
type rateOf int

const (
	often rateOf = iota // a person clicking: 1,200 a minute
	rare                // costly or dangerous: 60 a minute
	entry               // signing in: 20 a minute a network address
)

// What a path asks of its caller, besides the permissions of package team.
const (
	anybody  team.Permission = "-anybody"   // not signed in
	signedIn team.Permission = "-signed-in" // any person of the shop
	setup    team.Permission = "-setup"     // on loopback or with the start's token, while there is no shop
)

type route struct {
	method, path string
	needs        team.Permission
	rate         rateOf
	add          func(huma.API, huma.Operation)
}

// on registers a typed handler.
func on[In, Out any](h func(context.Context, *In) (*Out, error)) func(huma.API, huma.Operation) {
	return func(api huma.API, op huma.Operation) { huma.Register(api, op, translated(h)) }
}

// routes is the whole JSON API: path, permission and rate class a line.
func (s *Server) routes() []route { //nolint:funlen // a table, one line a route
	return slices.Concat(s.attributeRoutes(), s.listRoutes(), s.insideRoutes(), s.incidentRoutes(), s.reportRoutes(), []route{
		{"GET", "/setup", anybody, often, on(s.setupState)},
		{"POST", "/setup/token", anybody, entry, on(s.setupToken)},
		{"POST", "/setup/demo", setup, rare, on(s.setupDemo)},
		{"POST", "/setup/leave-demo", signedIn, rare, on(s.leaveDemo)},
		{"GET", "/setup/presets", anybody, often, on(s.presets)},
		{"POST", "/setup/test-mailbox", setup, rare, on(s.testNewMailbox)},
		{"POST", "/setup/shop", setup, rare, on(s.setupShop)},

		{"POST", "/session", anybody, entry, on(s.signIn)},
		{"DELETE", "/session", signedIn, often, on(s.signOut)},
		{"POST", "/password-reset", anybody, entry, on(s.askReset)},
		{"POST", "/password-reset/confirm", anybody, entry, on(s.confirmReset)},
		{"GET", "/me", signedIn, often, on(s.me)},
		{"PATCH", "/me", signedIn, often, on(s.saveMe)},
		{"POST", "/me/password", signedIn, entry, on(s.changePassword)},
		{"POST", "/me/totp", signedIn, rare, on(s.beginTOTP)},
		{"POST", "/me/totp/confirm", signedIn, entry, on(s.confirmTOTP)},
		{"DELETE", "/me/totp", signedIn, entry, on(s.dropTOTP)},
		{"GET", "/me/devices", signedIn, often, on(s.devices)},
		{"DELETE", "/me/devices/{id}", signedIn, often, on(s.revokeDevice)},
		{"GET", "/me/notifications", signedIn, often, on(s.telling)},
		{"PUT", "/me/notifications", signedIn, often, on(s.saveTelling)},
		{"POST", "/me/push/key", signedIn, often, on(s.pushKey)},
		{"POST", "/me/push", signedIn, rare, on(s.subscribe)},
		{"DELETE", "/me/push/{id}", signedIn, often, on(s.forgetPush)},
		{"POST", "/me/push/{id}/test", signedIn, rare, on(s.tryPush)},
		{"GET", "/me/signature", signedIn, often, on(s.signature)},
		{"PUT", "/me/signature", signedIn, often, on(s.saveSignature)},

		{"GET", "/conversations/{id}", signedIn, often, on(s.conversation)},
		{"GET", "/conversations/{id}/older", signedIn, often, on(s.older)},
		{"POST", "/conversations/{id}/read", signedIn, often, on(s.markRead)},
		{"PUT", "/conversations/{id}/draft", team.Reply, often, on(s.saveDraft)},
		{"DELETE", "/conversations/{id}/draft", team.Reply, often, on(s.dropDraft)},
		{"GET", "/send-times", team.Reply, often, on(s.sendTimes)},
		{"POST", "/conversations/{id}/check", team.Reply, often, on(s.check)},
		{"POST", "/conversations/{id}/replies", team.Reply, often, on(s.send)},
		{"POST", "/conversations/{id}/notes", team.Reply, often, on(s.addNote)},
		{"POST", "/conversations/{id}/assign", team.Assign, often, on(s.assign)},
		{"POST", "/conversations/{id}/snooze", team.Reply, often, on(s.snooze)},
		{"POST", "/conversations/{id}/unsnooze", team.Reply, often, on(s.unsnooze)},
		{"POST", "/conversations/{id}/close", team.Reply, often, on(s.closeIt)},
		{"POST", "/conversations/{id}/reopen", team.Reply, often, on(s.reopen)},
		{"POST", "/conversations/{id}/wait", team.Reply, often, on(s.waitForCustomer)},
		{"POST", "/conversations/{id}/waive", team.Waive, often, on(s.waive)},
		{"POST", "/conversations/{id}/done", team.Reply, often, on(s.done)},
		{"POST", "/conversations/{id}/escalate", team.Reply, often, on(s.escalate)},
		{"POST", "/conversations/{id}/spam", team.Waive, often, on(s.spam)},
		{"POST", "/conversations/{id}/rescue", team.Reply, often, on(s.rescue)},
		{"POST", "/conversations/{id}/never-waits", team.Waive, often, on(s.neverWaits)},
		{"POST", "/conversations/{id}/sorted", team.Waive, often, on(s.sorted)},
		{"POST", "/conversations/{id}/merge", team.Merge, often, on(s.merge)},
		{"POST", "/suggestions/{id}/accept", team.Merge, often, on(s.acceptSuggestion)},
		{"POST", "/suggestions/{id}/decline", team.Merge, often, on(s.declineSuggestion)},
		{"POST", "/courtesy/waive", team.Waive, often, on(s.waiveCourtesy)},
		{"POST", "/courtesy/restore", team.Waive, often, on(s.restoreCourtesy)},
		{"POST", "/conversations/{id}/false-alarms", team.Reply, often, on(s.falseAlarm)},
		{"GET", "/false-alarms", team.GuardReasons, often, on(s.alarms)},
		{"POST", "/false-alarms/{id}/judge", team.GuardReasons, often, on(s.judge)},
		{"POST", "/guard-rules/{rule}/restore", team.GuardRestore, often, on(s.restoreRule)},
		{"GET", "/passed-reasons", team.GuardReasons, often, on(s.passedReasons)},
		{"POST", "/contacts", team.Reply, often, on(s.noteContact)},
		{"GET", "/customers", signedIn, often, on(s.customers)},
		{"GET", "/search", signedIn, often, on(s.search)},
		{"GET", "/search/suggest", signedIn, often, on(s.suggest)},
		{"GET", "/people", signedIn, often, on(s.people)},
		{"GET", "/messages/{id}/quote", signedIn, often, on(s.quote)},

		{"GET", "/saved-answers", team.Reply, often, on(s.savedAnswers)},
		{"POST", "/saved-answers", team.Reply, often, on(s.addSavedAnswer)},
		{"POST", "/saved-answers/sample", team.Reply, often, on(s.sampleAnswer)},
		{"GET", "/saved-answers/{id}", team.Reply, often, on(s.savedAnswer)},
		{"PUT", "/saved-answers/{id}", team.Reply, often, on(s.saveSavedAnswer)},
		{"DELETE", "/saved-answers/{id}", team.Reply, often, on(s.archiveSavedAnswer)},
		{"POST", "/saved-answers/{id}/restore", team.Reply, often, on(s.restoreSavedAnswer)},
		{"GET", "/saved-answers/{id}/rendered", team.Reply, often, on(s.renderedAnswer)},
		{"POST", "/saved-answers/{id}/used", team.Reply, often, on(s.useSavedAnswer)},
		{"GET", "/facts", team.Reply, often, on(s.facts)},
		{"POST", "/saved-answer-folders", team.SavedAnswers, often, on(s.addFolder)},
		{"PUT", "/saved-answer-folders", team.SavedAnswers, often, on(s.orderFolders)},
		{"PUT", "/saved-answer-folders/{id}", team.SavedAnswers, often, on(s.renameFolder)},
		{"DELETE", "/saved-answer-folders/{id}", team.SavedAnswers, often, on(s.deleteFolder)},

		{"POST", "/deliveries/{id}/undo", team.Reply, often, on(s.undo)},
		{"POST", "/deliveries/{id}/retry", team.Outbox, often, on(s.retry)},
		{"POST", "/deliveries/{id}/cancel", team.Outbox, often, on(s.cancel)},
		{"GET", "/outbox", signedIn, often, on(s.outbox)},
		{"GET", "/quarantine", team.Quarantine, often, on(s.quarantine)},
		{"POST", "/quarantine/{id}/replay", team.Quarantine, rare, on(s.replay)},
		{"POST", "/quarantine/{id}/set-aside", team.Quarantine, often, on(s.setAside)},

		{"GET", "/settings/shop", team.SettingsShop, often, on(s.shopSettings)},
		{"PUT", "/settings/shop", team.SettingsShop, often, on(s.saveShop)},
		{"GET", "/settings/hours", team.SettingsShop, often, on(s.hours)},
		{"PUT", "/settings/hours", team.SettingsShop, often, on(s.saveHours)},
		{"GET", "/settings/holidays", signedIn, often, on(s.holidays)},
		{"GET", "/settings/words", team.SettingsShop, often, on(s.words)},
		{"PUT", "/settings/words", team.SettingsShop, often, on(s.saveWords)},
		{"GET", "/settings/mailboxes", team.SettingsMailboxes, often, on(s.mailboxes)},
		{"POST", "/settings/mailboxes", team.SettingsMailboxes, rare, on(s.addMailbox)},
		{"PUT", "/settings/mailboxes/{id}", team.SettingsMailboxes, rare, on(s.saveMailbox)},
		{"POST", "/settings/mailboxes/{id}/test", team.SettingsMailboxes, rare, on(s.testMailbox)},
		{"POST", "/settings/mailboxes/{id}/reconcile", team.SettingsMailboxes, rare, on(s.reconcile)},
		{"POST", "/settings/mailboxes/{id}/pause", team.SettingsMailboxes, rare, on(s.pauseMailbox)},
		{"POST", "/settings/mailboxes/{id}/resume", team.SettingsMailboxes, rare, on(s.resumeMailbox)},
		{"POST", "/settings/people", team.SettingsPeople, rare, on(s.invite)},
		{"PATCH", "/settings/people/{id}", team.SettingsPeople, often, on(s.savePerson)},
		{"GET", "/settings/keys", team.SettingsAPI, often, on(s.keys)},
		{"POST", "/settings/keys", team.SettingsAPI, rare, on(s.createKey)},
		{"DELETE", "/settings/keys/{id}", team.SettingsAPI, often, on(s.revokeKey)},
		{"GET", "/settings/webhooks", team.SettingsAPI, often, on(s.webhooks)},
		{"POST", "/settings/webhooks", team.SettingsAPI, rare, on(s.createWebhook)},
		{"GET", "/settings/webhooks/{id}", team.SettingsAPI, often, on(s.webhook)},
		{"PUT", "/settings/webhooks/{id}", team.SettingsAPI, often, on(s.saveWebhook)},
		{"DELETE", "/settings/webhooks/{id}", team.SettingsAPI, often, on(s.deleteWebhook)},
		{"POST", "/settings/webhooks/{id}/pause", team.SettingsAPI, often, on(s.pauseWebhook)},
		{"POST", "/settings/webhooks/{id}/resume", team.SettingsAPI, often, on(s.resumeWebhook)},
		{"POST", "/settings/webhooks/{id}/secret", team.SettingsAPI, rare, on(s.rotateWebhook)},
		{"POST", "/settings/webhooks/{id}/test", team.SettingsAPI, rare, on(s.testWebhook)},
		{"POST", "/settings/webhooks/{id}/replay", team.SettingsAPI, rare, on(s.replayWebhook)},
		{"GET", "/settings/webhooks/{id}/deliveries", team.SettingsAPI, often, on(s.webhookLog)},
		{"GET", "/settings/webhooks/{id}/deliveries/{delivery}", team.SettingsAPI, often, on(s.webhookDelivery)},
		{"POST", "/settings/webhooks/{id}/deliveries/{delivery}/replay", team.SettingsAPI, often, on(s.replayDelivery)},
		{"PUT", "/settings/people/{id}/absence", signedIn, often, on(s.setAbsence)},
		{"DELETE", "/settings/people/{id}/absence", signedIn, often, on(s.clearAbsence)},
	})
}

// attributeRoutes are those of what the shop notes of its conversations.
func (s *Server) attributeRoutes() []route {
	return []route{
		{"POST", "/conversations/{id}/team", team.Assign, often, on(s.assignTeam)},
		{"POST", "/conversations/{id}/reason", team.Reply, often, on(s.classify)},
		{"POST", "/conversations/{id}/tag", team.Reply, often, on(s.tag)},
		{"POST", "/conversations/{id}/priority", team.Reply, often, on(s.prioritise)},
		{"POST", "/conversations/{id}/language", team.Reply, often, on(s.setLanguage)},
		{"POST", "/conversations/{id}/field", team.Reply, often, on(s.setField)},
		{"POST", "/conversations/{id}/follow", signedIn, often, on(s.follow)},
		{"POST", "/conversations/{id}/link", team.Reply, often, on(s.link)},
		{"POST", "/conversations/{id}/split", team.Merge, often, on(s.split)},
		{"POST", "/conversations/{id}/block", team.Waive, often, on(s.block)},
		{"POST", "/conversations/{id}/snooze-until-answer", team.Reply, often, on(s.snoozeUntilAnswer)},
		{"GET", "/notices", signedIn, often, on(s.notices)},
		{"POST", "/notices/seen", signedIn, often, on(s.seeNotices)},
		{"GET", "/labels", signedIn, often, on(s.readLabels)},
		{"GET", "/teams", signedIn, often, on(s.teams)},
		{"POST", "/settings/reasons", team.SettingsShop, often, on(s.addReason)},
		{"PUT", "/settings/reasons/{id}", team.SettingsShop, often, on(s.saveReason)},
		{"POST", "/settings/reasons/{id}/archive", team.SettingsShop, often, on(s.archiveReason)},
		{"PUT", "/settings/tags/{id}", team.SettingsShop, often, on(s.saveTag)},
		{"POST", "/settings/fields", team.SettingsShop, often, on(s.addField)},
		{"PUT", "/settings/fields/{id}", team.SettingsShop, often, on(s.saveField)},
		{"GET", "/settings/blocked-senders", team.SettingsShop, often, on(s.blockedSenders)},
		{"POST", "/settings/blocked-senders/unblock", team.SettingsShop, often, on(s.unblock)},
		{"POST", "/settings/teams", team.SettingsPeople, often, on(s.addTeam)},
		{"PUT", "/settings/teams/{id}", team.SettingsPeople, often, on(s.saveTeam)},
		{"POST", "/settings/teams/{id}/archive", team.SettingsPeople, often, on(s.archiveTeam)},
	}
}

// listRoutes are those of the lists and of what is done to several of their
// rows.
func (s *Server) listRoutes() []route {
	return []route{
		{"GET", "/counts", signedIn, often, on(s.counts)},
		{"GET", "/conversations", signedIn, often, on(s.conversations)},
		{"GET", "/next", signedIn, often, on(s.next)},
		{"GET", "/views", signedIn, often, on(s.views)},
		{"POST", "/views", signedIn, often, on(s.addView)},
		{"POST", "/views/favourites", signedIn, often, on(s.setFavourite)},
		{"GET", "/views/choices", signedIn, often, on(s.viewChoices)},
		{"POST", "/views/preview", signedIn, often, on(s.previewView)},
		{"PUT", "/views/{id}", signedIn, often, on(s.saveView)},
		{"DELETE", "/views/{id}", signedIn, often, on(s.deleteView)},
		{"POST", "/views/{id}/restore", signedIn, often, on(s.restoreView)},
		{"POST", "/bulk", team.Reply, often, on(s.bulk)},
		{"POST", "/bulk/undo", team.Reply, often, on(s.bulkUndo)},
	}
}

// insideRoutes are those of what others than the customer are asked: people
// inside, and a colleague's second reading.
func (s *Server) insideRoutes() []route {
	return []route{
		{"GET", "/parties", signedIn, often, on(s.parties)},
		{"POST", "/settings/parties", team.SettingsShop, often, on(s.addParty)},
		{"PUT", "/settings/parties/{id}", team.SettingsShop, often, on(s.saveParty)},
		{"POST", "/conversations/{id}/asks", team.Reply, rare, on(s.askInside)},
		{"POST", "/asks/{id}/withdraw", team.Reply, often, on(s.withdrawAsk)},
		{"POST", "/conversations/{id}/readings", team.Reply, often, on(s.askReading)},
		{"POST", "/readings/{id}/approve", team.Reply, often, on(s.approveReading)},
		{"POST", "/readings/{id}/return", team.Reply, often, on(s.returnReading)},
		{"POST", "/readings/{id}/withdraw", team.Reply, often, on(s.withdrawReading)},
	}
}

// reportRoutes are those of the leader's page, and of the look through a
// mailbox's history.
func (s *Server) reportRoutes() []route {
	return []route{
		{"GET", "/report", signedIn, often, on(s.reportPage)},
		{"GET", "/report/now", signedIn, often, on(s.forecast)},
		{"GET", "/report/arrangement", signedIn, often, on(s.arrangement)},
		{"PUT", "/report/arrangement", signedIn, often, on(s.arrange)},
		{"GET", "/settings/mailboxes/{id}/audit", team.SettingsMailboxes, often, on(s.audit)},
		{"POST", "/settings/mailboxes/{id}/audit", team.SettingsMailboxes, rare, on(s.startAudit)},
		{"POST", "/settings/mailboxes/{id}/audit/cancel", team.SettingsMailboxes, often, on(s.cancelAudit)},
		{"DELETE", "/settings/mailboxes/{id}/audit", team.SettingsMailboxes, often, on(s.forgetAudit)},
	}
}

type plainRoute struct {
	method, path string
	needs        team.Permission
	rate         rateOf
	serve        func(http.ResponseWriter, *http.Request) error
}

// plainRoutes are those that aren't JSON: files, frames, live updates.
func (s *Server) plainRoutes() []plainRoute {
	return []plainRoute{
		{"GET", "/live", signedIn, often, s.live},
		{"GET", "/conversations/{id}/pdf", signedIn, rare, s.printed},
		{"GET", "/messages/{id}/frame", signedIn, often, s.frame},
		{"GET", "/messages/{id}/raw", signedIn, often, s.rawMessage},
		{"POST", "/attachments", signedIn, often, s.upload},
		{"POST", "/setup/logo", setup, rare, s.uploadLogo},
		{"GET", "/attachments/{id}", signedIn, often, s.download},
		{"GET", "/attachments/{id}/view", signedIn, often, s.viewFile},
		{"GET", "/attachments/{id}/thumbnail", signedIn, often, s.thumbnail},
		{"GET", "/shop/logo", signedIn, often, s.shopLogo},
		{"GET", "/report/tables/{table}", signedIn, often, s.reportTable},
		{"GET", "/quarantine/{id}/raw", team.Quarantine, often, s.rawItem},
		{"GET", "/outbox/{id}/raw", signedIn, often, s.rawDelivery},
	}
}

// operationID names an operation for generated clients: "post-conversations-id-replies".
func operationID(method, path string) string {
	name := strings.NewReplacer("/", "-", "{", "", "}", "").Replace(path)
	return strings.ToLower(method) + name
}
