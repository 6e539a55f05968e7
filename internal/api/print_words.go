package api

// printWords are the words of a printed conversation beside what people wrote,
// by the language of who prints it. They are those of the screen.
var printWords = map[string]map[string]string{
	"fr": {
		"no_subject": "(sans objet)",

		"promise.answer": "Répondre", "promise.call_back": "Rappeler", "promise.send": "Envoyer", "promise.refund": "Rembourser",
		"promise.lead": "Réponse du responsable", "promise.other": "Engagement",

		"state.open": "à tenir", "state.broken": "en retard", "state.kept": "tenu", "state.kept_late": "tenu en retard",
		"state.waived": "classé sans réponse", "state.passed": "reporté sur une nouvelle date", "state.ended": "clos",
		"state.proposed": "proposé, s’ouvre à l’envoi",

		"basis.policy": "délai annoncé par la boutique", "basis.word": "parole donnée",

		"by.mail": "par mail", "by.phone": "au téléphone", "by.counter": "en boutique", "by.letter": "par courrier", "by.form": "par le formulaire",

		"message.holding": "réponse d’attente", "message.forward": "transfert", "message.acknowledgement": "accusé de réception automatique",
		"message.reminder": "rappel automatique", "message.auto_reply": "réponse automatique", "message.bounce": "mail revenu",

		"delivery.scheduled": "part plus tard", "delivery.queued": "en attente d’envoi", "delivery.sending": "envoi en cours",
		"delivery.accepted": "reçu par son serveur", "delivery.retrying": "nouvel essai", "delivery.failed": "non distribué",
		"delivery.uncertain": "peut-être reçu", "delivery.held": "retenu", "delivery.local": "local : rien n’est parti",
	},
	"en": {
		"no_subject": "(no subject)",

		"promise.answer": "Answer", "promise.call_back": "Call back", "promise.send": "Send", "promise.refund": "Refund",
		"promise.lead": "Answer of the lead", "promise.other": "Promise",

		"state.open": "open", "state.broken": "late", "state.kept": "kept", "state.kept_late": "kept late",
		"state.waived": "closed without an answer", "state.passed": "passed on to a new date", "state.ended": "ended",
		"state.proposed": "proposed, opens on sending",

		"basis.policy": "the shop's announced delay", "basis.word": "our word",

		"by.mail": "by mail", "by.phone": "by phone", "by.counter": "at the counter", "by.letter": "by letter", "by.form": "by the form",

		"message.holding": "holding answer", "message.forward": "forwarded", "message.acknowledgement": "automatic acknowledgement",
		"message.reminder": "automatic reminder", "message.auto_reply": "automatic reply", "message.bounce": "bounced",

		"delivery.scheduled": "leaves later", "delivery.queued": "waiting to leave", "delivery.sending": "sending",
		"delivery.accepted": "received by their server", "delivery.retrying": "next try", "delivery.failed": "not delivered",
		"delivery.uncertain": "perhaps received", "delivery.held": "held", "delivery.local": "local: nothing left",
	},
}
