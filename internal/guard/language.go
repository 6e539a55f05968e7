package guard

import (
	"strings"

	"github.com/comptoir-desk/comptoir/internal/lang"
)

// languageRule warns of an answer in another language than the customer's. A
// draft that also says it in theirs passes.
var languageRule = rule{
	name:     "language",
	severity: Warns,
	kinds:    answersKinds,
	french:   "Le client écrit dans une autre langue : répondez dans la sienne.",
	english:  "The customer writes in another language: answer in theirs.",
	find: func(r *reading) []hit {
		const fewWords = 6
		theirs := map[string]bool{lang.Detect(cutAt(r.facts.Message, enoughToTell)): true, r.draft.Lang: true}
		if !theirs["fr"] && !theirs["en"] || len(r.tokens) < fewWords {
			return nil
		}
		written := r.written()
		if written == "" || theirs[written] {
			return nil
		}
		for _, paragraph := range strings.Split(r.short, "\n\n") {
			if theirs[lang.Detect(paragraph)] && len(strings.Fields(paragraph)) >= fewWords && lang.Detect(paragraph) != "" {
				return nil
			}
		}
		return []hit{{
			french:  map[string]string{"fr": "Le client écrit en anglais : répondez-lui en anglais.", "en": "Le client écrit en français : répondez-lui en français."}[written],
			english: map[string]string{"fr": "The customer writes in English: answer in English.", "en": "The customer writes in French: answer in French."}[written],
		}}
	},
}
