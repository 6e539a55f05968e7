package desk

import (
	"regexp"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var (
	languageCode   = regexp.MustCompile(`^[a-z]{2}$`) // ISO 639-1
	newestLanguage = store.SQL(`
		select language from message where conversation_id = $1 and direction = 'in' and kind = 'customer' and language <> ''
		order by id desc limit 1`)
)

// SetLanguage says in which language the conversation is held, whatever was
// detected; "" goes back to what the customer's words say. The language of an
// answer depends on it, so the conversation's revision grows.
func (d *Desk) SetLanguage(tx *store.Tx, by Actor, c id.Conversation, language string) (Conversation, error) {
	if language != "" && !languageCode.MatchString(language) {
		return Conversation{}, fault.Wrong("language", "A language has a code of two letters.")
	}
	return d.act(tx, by, c, func(conv *Conversation) error {
		before, wasSet := conv.Language, conv.LanguageSet
		conv.Language, conv.LanguageSet = language, language != ""
		if language == "" {
			detected, _, err := store.Maybe[string](tx, newestLanguage, conv.ID)
			if err != nil {
				return err
			}
			conv.Language = detected
		}
		if conv.Language == before && conv.LanguageSet == wasSet {
			return nil
		}
		conv.Revision++
		return d.changed(tx, conv, by, "language", map[string]any{"to": language})
	})
}
