package demo

import (
	"regexp"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// namings are the reasons that people here give when they answer, by what the
// subject says; the first that fits. What fits none is left without, as it
// happens.
var namings = []struct {
	subject *regexp.Regexp
	reason  string
}{
	{regexp.MustCompile(`(?i)perdu|jamais arriv|introuvable|never arrived|lost`), "Colis perdu"},
	{regexp.MustCompile(`(?i)abîm|cass[ée] à l|écras|damaged`), "Colis abîmé"},
	{regexp.MustCompile(`(?i)rembours|refund`), "Remboursement attendu"},
	{regexp.MustCompile(`(?i)suivi|colis|livraison|relais|délai|parcel|delivery|shipping|tracking|arriv|cadeau`), "Où est mon colis"},
	{regexp.MustCompile(`(?i)rétract|retour|return`), "Rétractation"},
	{regexp.MustCompile(`(?i)échange|exchange`), "Échange"},
	{regexp.MustCompile(`(?i)taille|size|longueur|length`), "Taille"},
	{regexp.MustCompile(`(?i)fermoir|cass|répar|repair|broken|clasp|noirc|entretien|gravure|engrav`), "Entretien et réparation"},
	{regexp.MustCompile(`(?i)facture|invoice`), "Facture"},
	{regexp.MustCompile(`(?i)paiement|payment|carte|virement`), "Paiement refusé"},
	{regexp.MustCompile(`(?i)erreur|manqu|wrong|missing`), "Article manquant ou erroné"},
	{regexp.MustCompile(`(?i)annul|modif|cancel`), "Modifier ou annuler"},
	{regexp.MustCompile(`(?i)or |pierre|argent|stock|gold|silver|quelle|boucle`), "Question avant achat"},
}

var reasonNamed = store.SQL(`select id from reason where shop_id = $1 and name = $2`)

// nameReason notes why the customer wrote, unless somebody did.
func (t *telling) nameReason(by who, conv desk.Conversation) error {
	if conv.Reason != 0 {
		return nil
	}
	for _, n := range namings {
		if !n.subject.MatchString(conv.Subject) {
			continue
		}
		return t.change(func(tx *store.Tx) (desk.Conversation, error) {
			reason, found, err := store.Maybe[id.Reason](tx, reasonNamed, t.shop, n.reason)
			if err != nil || !found {
				return conv, err
			}
			return t.Desk.Desk.Classify(tx, t.actor(by), conv.ID, desk.Class{Reason: reason, Product: conv.Product, Cause: conv.Cause})
		})
	}
	return nil
}
