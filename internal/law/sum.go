package law

import "github.com/comptoir-desk/comptoir/internal/money"

// SumFacts are what was paid and what goes back.
type SumFacts struct {
	Goods    money.Amount // paid for what goes back, discounts taken off
	Kept     money.Amount // paid for what stays; no amount or 0 for a whole order
	Delivery money.Amount // outward fee paid; no amount for none
	Standard money.Amount // price of the standard delivery that was offered; no amount: the fee paid was it
	KeptFee  money.Amount // what delivering the kept goods alone would have cost; no amount: not known
}

// SumDue is what is paid back after a withdrawal, and how it is made up.
type SumDue struct {
	Total, Goods, Delivery money.Amount
	Supplement             money.Amount // of a dearer delivery, which stays with the trader
	Grounds
}

// SumDue computes the refund: all sums paid with the standard delivery (L221-24).
// money.ErrCurrency when currencies are mixed.
func (s Settings) SumDue(f SumFacts) (SumDue, error) {
	d := SumDue{Goods: f.Goods}
	d.cite("L221-24 c. conso")
	for _, a := range []*money.Amount{&f.Kept, &f.Delivery} {
		if a.IsNone() {
			*a = nothing(f.Goods)
		}
	}
	if f.Standard.IsNone() {
		f.Standard = f.Delivery
	}
	for _, a := range []money.Amount{f.Kept, f.Delivery, f.Standard} {
		if a.Currency != f.Goods.Currency {
			return SumDue{}, money.ErrCurrency
		}
	}
	if !f.KeptFee.IsNone() && f.KeptFee.Currency != f.Goods.Currency {
		return SumDue{}, money.ErrCurrency
	}
	cur := f.Goods.Currency
	standard := min(f.Delivery.Minor, f.Standard.Minor)
	d.Supplement = money.Amount{Minor: f.Delivery.Minor - standard, Currency: cur}
	d.say("Le prix payé est rendu : %s.", "The price paid is given back: %s.", d.Goods)
	if d.Supplement.Minor > 0 {
		d.say("Une livraison plus chère avait été choisie : le supplément de %s n'est pas rendu.",
			"A dearer delivery had been chosen: the supplement of %s is not given back.", d.Supplement)
	}
	fee, err := s.outwardFee(&d.Grounds, f, money.Amount{Minor: standard, Currency: cur})
	if err != nil {
		return SumDue{}, err
	}
	d.Delivery = fee
	if d.Total, err = d.Goods.Add(fee); err != nil {
		return SumDue{}, err
	}
	return d, nil
}

// outwardFee is what of the standard fee goes back.
func (s Settings) outwardFee(g *Grounds, f SumFacts, standard money.Amount) (money.Amount, error) {
	if f.Kept.Minor <= 0 {
		g.say("Les frais de livraison standard sont rendus : %s.", "The standard delivery fee is given back: %s.", standard)
		return standard, nil
	}
	back, err := s.sharedFee(f, standard)
	if err != nil {
		return money.Amount{}, err
	}
	g.say("Une partie de la commande est gardée ; la loi ne partage pas les frais de livraison : la règle de la boutique en rend %s.",
		"A part of the order is kept; no text splits the delivery fee: by the shop's rule %s of it is given back.", back)
	if s.Money.OutwardFee == FeeDifference && f.KeptFee.IsNone() {
		g.say("Ce que la livraison des seuls articles gardés aurait coûté n'est pas connu : le forfait est réputé le même.",
			"What delivering the kept goods alone would have cost is not known: the flat fee is taken to be the same.")
	}
	return back, nil
}

func (s Settings) sharedFee(f SumFacts, standard money.Amount) (money.Amount, error) {
	switch s.Money.OutwardFee {
	case FeeWhole:
		return standard, nil
	case FeeKept:
		return nothing(standard), nil
	case FeeByValue:
		all, err := f.Goods.Add(f.Kept)
		if err != nil {
			return money.Amount{}, err
		}
		return standard.Times(f.Goods.Minor, all.Minor)
	case FeeDifference:
	}
	if f.KeptFee.IsNone() {
		return nothing(standard), nil
	}
	return money.Amount{Minor: max(0, standard.Minor-f.KeptFee.Minor), Currency: standard.Currency}, nil
}

// OtherMeans tells whether a refund may go by other means than the payment did,
// a voucher above all: only if the consumer agreed expressly and it costs them
// nothing (L221-24).
func OtherMeans(agreedExpressly, free bool) (bool, Grounds) {
	var g Grounds
	g.cite("L221-24 c. conso")
	if agreedExpressly && free {
		g.say("Le consommateur a expressément accepté un autre moyen, sans frais pour lui.",
			"The consumer expressly agreed to other means, at no cost to them.")
		return true, g
	}
	g.say("Le remboursement se fait par le même moyen de paiement, sauf accord exprès et sans frais.",
		"The refund goes by the same means of payment, unless other means were expressly agreed and cost nothing.")
	return false, g
}

// ReturnCost tells whether the consumer pays the way back: never more than the
// direct cost, and not at all when the trader took it on or failed to say that
// the consumer bears it (L221-23).
func ReturnCost(traderTakesIt, toldConsumerBearsIt bool) (consumerPays bool, g Grounds) {
	g.cite("L221-23 c. conso")
	switch {
	case traderTakesIt:
		g.say("Le professionnel prend les frais de retour à sa charge.", "The trader takes the cost of the return.")
	case !toldConsumerBearsIt:
		g.say("Le professionnel n'a pas dit que le consommateur paie le retour : c'est lui qui le paie.",
			"The trader didn't say that the consumer pays the return: the trader pays it.")
	default:
		g.say("Le consommateur paie les frais directs de retour, et rien d'autre.", "The consumer pays the direct cost of the return, and nothing else.")
		return true, g
	}
	return false, g
}

// Deduction is a claim that goods came back worth less.
type Deduction struct {
	Amount         money.Amount
	BeyondHandling bool // more than needed to establish nature, characteristics and working
	Evidence       bool
	DecidedBy      string // the person who decided; never a machine
	Informed       bool   // the consumer had the information of L221-5 7°
}

// MayDeduct tells whether a deduction for depreciation stands (L221-23).
func MayDeduct(d Deduction) (bool, Grounds) {
	var g Grounds
	g.cite("L221-23 c. conso")
	refuse := func(fr, en string) (bool, Grounds) {
		g.say(fr, en)
		return false, g
	}
	switch {
	case !d.Informed:
		return refuse("Le consommateur n'avait pas l'information sur son droit : aucune retenue.", "The consumer wasn't informed of the right: nothing may be deducted.")
	case !d.BeyondHandling:
		return refuse("Ouvrir, essayer et vérifier est permis : aucune retenue.", "Opening, trying and checking is allowed: nothing may be deducted.")
	case !d.Evidence:
		return refuse("La dépréciation n'est pas prouvée : aucune retenue.", "The depreciation isn't proven: nothing may be deducted.")
	case d.Amount.Minor <= 0:
		return refuse("Aucun montant n'est donné : aucune retenue.", "No amount is given: nothing may be deducted.")
	case d.DecidedBy == "":
		return refuse("Une personne doit décider de la retenue.", "A person has to decide the deduction.")
	}
	g.say("Manipulation au-delà du nécessaire, prouvée, chiffrée à %s et décidée par une personne : la retenue tient.",
		"Handling beyond what is needed, proven, put at %s and decided by a person: the deduction stands.", d.Amount)
	return true, g
}

// ServiceShare is the price of what was performed of a service before it was
// withdrawn from: in proportion, and nothing when it wasn't begun on express
// request or the information was missing (L221-25).
func ServiceShare(price money.Amount, performed Percent, requested, informed bool) (money.Amount, Grounds) {
	var g Grounds
	g.cite("L221-25 c. conso")
	if !requested || !informed {
		g.say("Sans demande expresse ou sans information préalable, rien n'est dû pour le service commencé.",
			"Without an express request or the prior information, nothing is due for the service begun.")
		return nothing(price), g
	}
	share := min(performed, 100_00).of(price)
	g.say("Service commencé à la demande expresse : %s restent dus en proportion.", "Service begun on express request: %s remain due in proportion.", share)
	return share, g
}
