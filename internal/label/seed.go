package label

import (
	"fmt"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// group is a first-level reason with those below it, in both languages.
type group struct {
	fr, en string
	below  [][2]string
}

// ready are the reasons that a new shop begins with. They leave room for its own.
var ready = []group{
	{"Livraison", "Delivery", [][2]string{
		{"Où est mon colis", "Where is my parcel"},
		{"Colis perdu", "Parcel lost"},
		{"Colis abîmé", "Parcel damaged"},
		{"Changer l’adresse", "Change of address"},
	}},
	{"Retour", "Return", [][2]string{
		{"Rétractation", "Withdrawal"}, {"Échange", "Exchange"}, {"Remboursement attendu", "Refund awaited"},
	}},
	{"Produit", "Product", [][2]string{
		{"Question avant achat", "Question before buying"},
		{"Taille", "Size"},
		{"Défaut ou panne", "Fault or breakdown"},
		{"Entretien et réparation", "Care and repair"},
	}},
	{"Commande", "Order", [][2]string{
		{"Modifier ou annuler", "Change or cancel"}, {"Article manquant ou erroné", "Item missing or wrong"},
	}},
	{"Paiement", "Payment", [][2]string{
		{"Paiement refusé", "Payment refused"}, {"Facture", "Invoice"}, {"Code ou bon d’achat", "Code or voucher"},
	}},
	{"Autre", "Other", nil},
}

var countReasons = store.SQL(`select count(*) from reason where shop_id = $1`)

// Seed gives a new shop its first reasons in its own language. A second call
// changes nothing. It writes no event; who makes the shop does.
func Seed(tx *store.Tx, shop id.Shop, language string) error {
	if _, err := store.One[id.Shop](tx, lockShop, shop); err != nil { // a twin waits, and finds them
		return fmt.Errorf("reasons of a new shop: %w", err)
	}
	n, err := store.One[int64](tx, countReasons, shop)
	if err != nil || n > 0 {
		return err
	}
	for at, g := range ready {
		name := func(fr, en string) string {
			if language == "en" {
				return en
			}
			return fr
		}
		top, err := store.One[id.Reason](tx, insertReason, shop, id.Reason(0), name(g.fr, g.en), at)
		if err != nil {
			return fmt.Errorf("reasons of a new shop: %w", err)
		}
		for i, b := range g.below {
			if _, err := store.One[id.Reason](tx, insertReason, shop, top, name(b[0], b[1]), i); err != nil {
				return fmt.Errorf("reasons of a new shop: %w", err)
			}
		}
	}
	return nil
}
