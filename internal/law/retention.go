package law

import (
	"slices"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/money"
)

// DataKind is a kind of data that is kept for a time of its own.
type DataKind string

// The kinds of the table.
const (
	Invoice             DataKind = "invoice"
	LargeContract       DataKind = "contract_120"
	OrderFile           DataKind = "order"
	WithdrawalStatement DataKind = "withdrawal"
	Prospect            DataKind = "prospect"
	PhoneConsentProof   DataKind = "phone_consent"
	OptOut              DataKind = "opt_out"
	CardNumber          DataKind = "card_number"
	CardCode            DataKind = "card_code"
	IdentityCopy        DataKind = "identity_copy"
	CallRecording       DataKind = "call_recording"
	CallNotes           DataKind = "call_notes"
	CookieChoice        DataKind = "cookie_choice"
	Tracker             DataKind = "tracker"
	AudienceData        DataKind = "audience"
)

// Retention is how long a kind of data stays, counted from one event.
type Retention struct {
	Kind    DataKind
	What    Text
	From    Text // the event it is counted from
	Months  int
	Never   bool // it is not stored at all
	Archive bool // with restricted access, logged
	Duty    bool // the law wants it kept: an erasure doesn't reach it (GDPR art. 17(3))
	Article string
}

// retentions is the table of law.md, section 8. No text fixes how long messages
// are kept: that is the shop's choice, with a reason.
func retentions() []Retention {
	collected := Text{"la collecte", "collection"}
	return []Retention{
		{Kind: Invoice, What: Text{"factures et pièces comptables", "invoices and accounting papers"}, From: Text{"la clôture de l'exercice", "the end of the fiscal year"}, Months: 120, Archive: true, Duty: true, Article: "C. com. L123-22"},
		{Kind: LargeContract, What: Text{"contrat électronique d'au moins 120 €", "electronic contract of at least 120 €"}, From: Text{"la conclusion, ou la livraison si elle n'est pas immédiate", "conclusion, or delivery when not immediate"}, Months: 120, Archive: true, Duty: true, Article: "L213-1 c. conso"},
		{Kind: OrderFile, What: Text{"commande, demande, réclamation et preuves", "order, request, complaint and proof"}, From: Text{"la fin de la relation ou du dossier", "the end of the relationship or case"}, Months: 60, Archive: true, Duty: true, Article: "C. civ. 2224"},
		{Kind: WithdrawalStatement, What: Text{"déclaration de rétractation et accusé de réception", "withdrawal statement and its acknowledgement"}, From: Text{"le remboursement", "the refund"}, Months: 60, Archive: true, Duty: true, Article: "C. civ. 2224"},
		{Kind: Prospect, What: Text{"prospect", "prospect"}, From: Text{"le dernier contact venu de la personne", "the last contact from the person"}, Months: 36, Article: "CNIL 2021-131"},
		{Kind: PhoneConsentProof, What: Text{"preuve du consentement au démarchage", "proof of consent to sales calls"}, From: collected, Months: phoneProofMonths, Archive: true, Duty: true, Article: "R223-2 c. conso"},
		{Kind: OptOut, What: Text{"liste d'opposition", "opt-out list"}, From: Text{"l'opposition (au moins)", "the objection (at least)"}, Months: 36, Duty: true, Article: "RGPD art. 21(3)"},
		{Kind: CardNumber, What: Text{"numéro de carte", "card number"}, From: Text{"le paiement (quinze mois en débit différé)", "payment (fifteen months for deferred debit)"}, Months: 13, Archive: true, Article: "CNIL"},
		{Kind: CardCode, What: Text{"cryptogramme de carte", "card security code"}, From: Text{"le paiement", "payment"}, Never: true, Article: "CNIL"},
		{Kind: IdentityCopy, What: Text{"copie d'identité pour une demande de droits", "identity copy for a rights request"}, From: Text{"la vérification (au plus)", "the check (at most)"}, Months: 12, Article: "CNIL"},
		{Kind: CallRecording, What: Text{"enregistrement d'appel", "call recording"}, From: collected, Months: 6, Article: "CNIL"},
		{Kind: CallNotes, What: Text{"notes d'analyse d'un appel", "analysis notes of a call"}, From: collected, Months: 12, Article: "CNIL"},
		{Kind: CookieChoice, What: Text{"choix sur les cookies", "cookie choice"}, From: collected, Months: 6, Article: "CNIL"},
		{Kind: Tracker, What: Text{"traceur", "tracker"}, From: collected, Months: 13, Article: "CNIL"},
		{Kind: AudienceData, What: Text{"mesure d'audience", "audience data"}, From: collected, Months: 25, Article: "CNIL"},
	}
}

// Kept is until when something stays.
type Kept struct {
	Retention
	Until calendar.Date // last day, deleted after it; zero for what is never stored
	Grounds
}

// Keep says until when a kind of data stays, from the event its line names; false
// for a kind without a line, such as messages.
func (s Settings) Keep(kind DataKind, from calendar.Date) (Kept, bool) {
	i := slices.IndexFunc(s.Data.Keep, func(r Retention) bool { return r.Kind == kind })
	if i < 0 {
		return Kept{}, false
	}
	k := Kept{Retention: s.Data.Keep[i]}
	k.cite(k.Article)
	if k.Never {
		k.say("Ne se garde jamais : %s.", "Never stored: %s.", k.What)
		return k, true
	}
	k.Until = from.AddMonths(k.Months)
	k.say("Conservation jusqu'au %s, %s mois depuis %s : %s.", "Kept until %s, %s months from %s: %s.", k.Until, k.Months, k.From, k.What)
	if k.Duty {
		k.say("Un effacement ne l'atteint pas : accès restreint, le reste est supprimé.", "An erasure doesn't reach it: access is restricted, the rest is deleted.")
		k.cite("RGPD art. 17(3)")
	}
	return k, true
}

// KeepContract is Keep for an electronic contract: from 120 € on it is archived,
// from conclusion or from delivery when that came later (L213-1, D213-1, D213-2).
// A price that isn't known, or in another currency, is taken to reach it.
func (s Settings) KeepContract(price money.Amount, concluded, delivered calendar.Date) Kept {
	kind, from := LargeContract, concluded
	if price.Currency == s.Data.ContractFrom.Currency && price.Minor < s.Data.ContractFrom.Minor {
		kind = OrderFile
	}
	if delivered.After(from) {
		from = delivered
	}
	k, _ := s.Keep(kind, from)
	return k
}
