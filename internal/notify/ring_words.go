package notify

import "github.com/comptoir-desk/comptoir/internal/lang"

// words are what a device shows: what is owed by when, never what somebody
// wrote, since it may lie on a table for everyone to read.
func (b bell) words() (title, body string) {
	if b.person.Language == "en" {
		return b.english()
	}
	return b.french()
}

func (b bell) french() (title, body string) {
	what, _ := place(b.args.Conversation, "", "fr")
	due := lang.SpokenDate(b.promise.DueAt.In(b.location), "fr")
	switch b.args.Kind {
	case RingNear:
		return "À tenir bientôt\u202f: " + what, "Avant le " + due + "."
	case RingBroken:
		return "En retard\u202f: " + what, "C’était à tenir avant le " + due + " et reste dû."
	case RingDigest:
		if b.args.Count == 1 {
			return "1 engagement en retard", "Il reste dû."
		}
		return b.count() + " engagements en retard", "Ils restent dus."
	case RingMention:
		return b.by.FirstName() + " vous mentionne", "Dans le " + what + "."
	case RingReading:
		return b.by.FirstName() + " demande une relecture", "Dans le " + what + "."
	default:
		return "Comptoir peut vous prévenir ici", "Cet appareil sonnera pour ce que vous devez tenir."
	}
}

func (b bell) english() (title, body string) {
	what, _ := place(b.args.Conversation, "", "en")
	due := lang.SpokenDate(b.promise.DueAt.In(b.location), "en")
	switch b.args.Kind {
	case RingNear:
		return "Due soon: " + what, "By " + due + "."
	case RingBroken:
		return "Overdue: " + what, "It was owed by " + due + " and still is."
	case RingDigest:
		if b.args.Count == 1 {
			return "1 promise overdue", "It is still owed."
		}
		return b.count() + " promises overdue", "They are still owed."
	case RingMention:
		return b.by.FirstName() + " mentions you", "In " + what + "."
	case RingReading:
		return b.by.FirstName() + " asks for a second reading", "In " + what + "."
	default:
		return "Comptoir can reach you", "This device will ring for what you owe."
	}
}
