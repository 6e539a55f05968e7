package law

// exceptionCases is L221-28, number by number. Every case ends with having told
// the consumer beforehand that there is no right (L221-5 7°).
var exceptionCases = map[Exception]exceptionCase{
	ServicePerformed: {
		"L221-28 1° c. conso",
		Text{"service entièrement exécuté avant la fin du délai", "service fully performed before the end of the period"},
		[]Proof{FullyPerformed, Consent, Acknowledgement, ToldBeforehand},
		true,
	},
	MarketPrice: {
		"L221-28 2° c. conso",
		Text{"prix dépendant des marchés financiers", "price depending on the financial markets"},
		[]Proof{PriceOnMarkets, ToldBeforehand},
		false,
	},
	MadeToMeasure: {
		"L221-28 3° c. conso",
		Text{"bien fait selon les spécifications du consommateur ou nettement personnalisé", "made to the consumer's specifications or clearly personalised"},
		[]Proof{Personalised, ToldBeforehand},
		false,
	},
	Perishable: {
		"L221-28 4° c. conso",
		Text{"bien qui se détériore ou se périme rapidement", "liable to deteriorate or expire rapidly"},
		[]Proof{ExpiresSoon, ToldBeforehand},
		false,
	},
	HygieneUnsealed: {
		"L221-28 5° c. conso",
		Text{"bien descellé par le consommateur et impossible à renvoyer pour l'hygiène ou la santé", "unsealed by the consumer and not returnable for hygiene or health"},
		[]Proof{WasSealed, UnsealedByConsumer, HealthOrHygiene, ToldBeforehand},
		false,
	},
	MixedAfterDelivery: {
		"L221-28 6° c. conso",
		Text{"bien mélangé de manière indissociable après la livraison", "inseparably mixed with other items after delivery"},
		[]Proof{Inseparable, ToldBeforehand},
		false,
	},
	AgedAlcohol: {
		"L221-28 7° c. conso",
		Text{"boisson alcoolisée livrée après plus de trente jours, de valeur variable", "alcoholic drink delivered after more than thirty days, of varying value"},
		[]Proof{AgreedAtSale, DeliveredAfter30, PriceOnMarkets, ToldBeforehand},
		false,
	},
	UrgentRepair: {
		"L221-28 8° c. conso",
		Text{"réparation urgente au domicile, à la demande expresse du consommateur", "urgent repair at home at the consumer's express request"},
		[]Proof{AskedForUrgency, StrictlyNecessary, ToldBeforehand},
		false,
	},
	MediaUnsealed: {
		"L221-28 9° c. conso",
		Text{"enregistrement ou logiciel descellé après la livraison", "recording or software unsealed after delivery"},
		[]Proof{WasSealed, UnsealedByConsumer, ToldBeforehand},
		false,
	},
	Newspaper: {
		"L221-28 10° c. conso",
		Text{"journal, périodique ou magazine, sauf abonnement", "newspaper, periodical or magazine, except a subscription"},
		[]Proof{NoSubscription, ToldBeforehand},
		false,
	},
	PublicAuction: {
		"L221-28 11° c. conso",
		Text{"enchères publiques", "public auction"},
		[]Proof{HeldInPublic, ToldBeforehand},
		false,
	},
	SetDate: {
		"L221-28 12° c. conso",
		Text{"hébergement, transport, location de voiture, restauration ou loisir à date fixée", "accommodation, transport, car rental, catering or leisure for a set date"},
		[]Proof{IsListedService, DateOrPeriodSet, ToldBeforehand},
		false,
	},
	DigitalContent: {
		"L221-28 13° c. conso",
		Text{"contenu numérique sans support matériel, commencé avant la fin du délai", "digital content without a physical medium, started before the end of the period"},
		[]Proof{NotTangible, Started, Consent, Acknowledgement, Confirmation, ToldBeforehand},
		true,
	},
}

var proofTexts = map[Proof]Text{
	ToldBeforehand:     {"le consommateur savait avant l'achat que le droit est exclu", "the consumer was told before buying that the right is excluded"},
	FullyPerformed:     {"le service était entièrement exécuté avant la fin du délai", "the service was fully performed before the end of the period"},
	Consent:            {"accord préalable et exprès du consommateur pour commencer, par un acte à part", "the consumer's prior express consent to begin, by an act of its own"},
	Acknowledgement:    {"reconnaissance de la perte du droit, par un acte à part", "acknowledgement that the right is lost, by an act of its own"},
	Confirmation:       {"confirmation de cet accord sur un support durable", "confirmation of that consent on a durable medium"},
	PriceOnMarkets:     {"le prix ou la valeur dépend de fluctuations du marché hors du contrôle du professionnel", "price or value depends on market fluctuations beyond the trader's control"},
	Personalised:       {"le bien suit les choix propres de ce consommateur", "the item follows this consumer's own specifications"},
	ExpiresSoon:        {"le bien se détériore ou se périme rapidement", "the item deteriorates or expires rapidly"},
	WasSealed:          {"le bien était scellé à la livraison", "the item was sealed on delivery"},
	UnsealedByConsumer: {"le consommateur l'a descellé après la livraison", "the consumer unsealed it after delivery"},
	HealthOrHygiene:    {"l'hygiène ou la santé empêche de le revendre", "hygiene or health keeps it from being sold again"},
	Inseparable:        {"le bien ne peut plus être séparé des autres", "the item can't be separated from the others any more"},
	AgreedAtSale:       {"le prix a été convenu à la conclusion du contrat", "the price was agreed when the contract was concluded"},
	DeliveredAfter30:   {"la livraison ne pouvait avoir lieu qu'après trente jours", "delivery could take place only after thirty days"},
	AskedForUrgency:    {"le consommateur a demandé cette intervention urgente chez lui", "the consumer asked for this urgent visit at home"},
	StrictlyNecessary:  {"seuls les pièces et travaux strictement nécessaires sont concernés", "only the parts and work strictly necessary are concerned"},
	NoSubscription:     {"ce n'est pas un abonnement", "it is not a subscription"},
	HeldInPublic:       {"la vente était une enchère publique", "the sale was a public auction"},
	DateOrPeriodSet:    {"la date ou la période était fixée au contrat", "the date or period was set in the contract"},
	IsListedService:    {"c'est l'un des services de la liste", "it is one of the services on the list"},
	NotTangible:        {"c'est un contenu et non un service, sans support matériel", "it is content and no service, without a physical medium"},
	Started:            {"l'exécution a commencé avant la fin du délai", "performance began before the end of the period"},
}

// Text says what has to be shown.
func (p Proof) Text() Text { return proofTexts[p] }
