package guard

import "strings"

// signatureRule stops an answer that no person signs (P04). The app appends the
// signature, so it fires only where there is none to append; it stands for the
// whole draft. In chat the name beside each line is the signature.
var signatureRule = rule{
	name:     "signature",
	severity: Stops,
	kinds:    personsKinds,
	french:   "Aucune signature : ajoutez votre prénom ou votre nom dans vos réglages, il sera mis sous chaque réponse.",
	english:  "No signature: add your first or full name in your settings, it goes under each answer.",
	find: func(d Draft, f Facts) []span {
		if strings.TrimSpace(f.Signature) != "" || d.Channel == "chat" && strings.TrimSpace(f.Author.Name) != "" {
			return nil
		}
		return []span{{0, 0}}
	},
}
