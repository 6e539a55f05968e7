package team

import "slices"

// Role says what a person does in a shop.
type Role string

// The roles, from the one who may do everything.
const (
	Owner Role = "owner"
	Lead  Role = "lead"
	Agent Role = "agent"
)

// Known tells whether r is one of the three roles.
func (r Role) Known() bool { return r == Owner || r == Lead || r == Agent }

// Permission names something that not everybody may do. Reading the desk and
// changing one's own settings need none.
type Permission string

// The permissions.
const (
	Reply             Permission = "reply"            // answer, note, draft
	Assign            Permission = "assign"           // also to others
	Waive             Permission = "waive"            // end a promise with a reason
	Merge             Permission = "merge"            // and decide "same matter?"
	Quarantine        Permission = "quarantine"       // read raw mail, replay, set aside
	Outbox            Permission = "outbox"           // retry and cancel deliveries
	EscalateTake      Permission = "escalate.take"    // take what was passed to the lead
	HoldAgain         Permission = "hold.again"       // a second holding answer
	GuardPass         Permission = "guard.pass_right" // refuse a right with a reason (I6)
	GuardReasons      Permission = "guard.reasons"    // read why a stop of the guard was passed
	GuardRestore      Permission = "guard.restore"    // put back a rule that stepped back
	SavedAnswers      Permission = "saved_answers"    // write those of everybody, and their folders
	ReportPeople      Permission = "figures.people"   // figures of each person; everybody sees their own
	SettingsShop      Permission = "settings.shop"    // identity, texts, hours, delay
	SettingsMailboxes Permission = "settings.mailboxes"
	SettingsPeople    Permission = "settings.people"
	SettingsAPI       Permission = "settings.api" // keys of programs, webhooks
)

var (
	ofAgent = []Permission{Reply, Assign, Waive, Merge, Quarantine, Outbox}
	ofLead  = append(slices.Clone(ofAgent), EscalateTake, HoldAgain, GuardPass, GuardReasons, SavedAnswers, ReportPeople, SettingsShop)
	ofOwner = append(slices.Clone(ofLead), SettingsMailboxes, SettingsPeople, SettingsAPI, GuardRestore)
)

// Permissions are all that a role may do.
func Permissions(r Role) []Permission {
	switch r {
	case Owner:
		return slices.Clone(ofOwner)
	case Lead:
		return slices.Clone(ofLead)
	case Agent:
		return slices.Clone(ofAgent)
	}
	return nil
}

// Can tells whether a role may do something; an unknown role may nothing.
func Can(r Role, p Permission) bool { return slices.Contains(Permissions(r), p) }
