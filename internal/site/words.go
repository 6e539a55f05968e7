package site

import (
	"errors"

	"github.com/comptoir-desk/comptoir/internal/fault"
)

// words are what the pages say.
type words struct {
	Title, From, Due, Product, Quoted, Files, Yours, Answer, Attach, AttachHint, Send, More, Thanks, ThanksMore, Foot string
	GoneTitle, Gone, LaterTitle, Later, Broken                                                                        string

	empty, long, large, many, old, cut string
}

var wordsOf = map[string]words{
	"fr": {
		Title: "Une question pour vous", From: "vous demande", Due: "Réponse attendue avant le ", Product: "Produit",
		Quoted: "Messages joints à la question", Files: "Fichiers joints à la question", Yours: "Ce que vous avez répondu",
		Answer: "Votre réponse", Attach: "Joindre des photos ou des fichiers", AttachHint: "10 fichiers au plus, 25 Mo chacun, 50 Mo en tout.",
		Send: "Envoyer la réponse", More: "Ajouter quelque chose", Thanks: "Merci, votre réponse est arrivée.",
		ThanksMore: "Vous pouvez fermer cette page. Pour compléter votre réponse, écrivez-nous ci-dessous dans les sept jours.",
		Foot:       "Cette page ne demande ni compte ni mot de passe. Votre réponse est lue par l’équipe de la boutique seulement.",
		GoneTitle:  "Ce lien n’est plus valable", Gone: "La question a reçu sa réponse, ou elle a été retirée. Si vous avez encore quelque chose à dire, répondez au mail qui contenait ce lien.",
		LaterTitle: "Un instant", Later: "Trop de demandes à la fois depuis votre réseau. Réessayez dans une minute.",
		Broken: "Quelque chose ne répond pas chez nous. Réessayez dans un instant, ou répondez au mail.",
		empty:  "La réponse est vide.", long: "La réponse est trop longue : 20 000 caractères au plus.",
		large: "Les fichiers sont trop lourds : 25 Mo chacun, 50 Mo en tout. Joignez-les de nouveau, plus légers.", many: "Il y a trop de fichiers : 10 au plus.",
		old: "La page est restée ouverte trop longtemps. Relisez votre réponse, puis envoyez-la de nouveau.",
		cut: "Le formulaire n’est pas arrivé en entier. Envoyez-le de nouveau.",
	},
	"en": {
		Title: "A question for you", From: "asks you", Due: "Answer expected by ", Product: "Product",
		Quoted: "Messages that go with the question", Files: "Files that go with the question", Yours: "What you answered",
		Answer: "Your answer", Attach: "Attach photos or files", AttachHint: "Up to 10 files, 25 MB each, 50 MB in all.",
		Send: "Send the answer", More: "Add something", Thanks: "Thank you, your answer has arrived.",
		ThanksMore: "You may close this page. To add to your answer, write below within seven days.",
		Foot:       "This page needs neither account nor password. Only the shop’s team reads your answer.",
		GoneTitle:  "This link is no longer valid", Gone: "The question was answered, or it was taken back. If there is something left to say, reply to the email that held this link.",
		LaterTitle: "One moment", Later: "Too many requests at once from your network. Try again in a minute.",
		Broken: "Something on our side does not answer. Try again in a moment, or reply to the email.",
		empty:  "The answer is empty.", long: "The answer is too long: 20,000 characters at most.",
		large: "The files are too large: 25 MB each, 50 MB in all. Attach them again, smaller.", many: "There are too many files: 10 at most.",
		old: "The page was open for too long. Read your answer again, then send it once more.",
		cut: "The form did not arrive whole. Please send it again.",
	},
}

// problem says what is wrong with a form.
func (w words) problem(err error) string {
	var f *fault.Fault
	if !errors.As(err, &f) {
		return w.cut
	}
	switch {
	case f.Code == "too_large":
		return w.large
	case f.Code == "form":
		return w.old
	case f.Field == "files":
		return w.many
	case f.Detail == "The answer is empty.":
		return w.empty
	case f.Detail == "The answer is too long.":
		return w.long
	}
	return w.cut
}
