package law

// Buyer is in what quality somebody bought.
type Buyer int

// Unknown is treated as a consumer.
const (
	Unknown Buyer = iota
	Consumer
	Professional
)

// SmallTrader is what L221-3 asks before it gives a professional a consumer's
// rights on a contract.
type SmallTrader struct {
	Employees    int
	OffPremises  bool // concluded outside the trader's place of business, and not at a distance
	MainActivity bool // the object of the contract is in the field of the buyer's main activity
}

// protected tells whether the buyer has a consumer's rights.
func protected(g *Grounds, b Buyer) bool {
	switch b {
	case Professional:
		g.say("L'acheteur est un professionnel : ce droit est celui des consommateurs.",
			"The buyer is a professional: this right belongs to consumers.")
		return false
	case Unknown:
		g.say("Rien ne dit si l'acheteur est un consommateur : il est traité comme tel.",
			"Nothing says whether the buyer is a consumer: they are treated as one.")
	case Consumer:
	}
	return true
}

// mayWithdraw is protected, with the exception that L221-3 makes for small
// traders off premises.
func mayWithdraw(g *Grounds, b Buyer, small *SmallTrader) bool {
	if b != Professional || small == nil {
		return protected(g, b)
	}
	g.cite("L221-3 c. conso")
	if small.OffPremises && !small.MainActivity && small.Employees <= 5 {
		g.say("Professionnel de cinq salariés au plus, contrat hors établissement et hors de son activité principale : il a les droits d'un consommateur.",
			"A professional with five employees at most, a contract off premises and outside their main activity: they have a consumer's rights.")
		return true
	}
	g.say("L'acheteur est un professionnel et ne remplit pas les trois conditions (cinq salariés au plus, hors établissement, hors de son activité principale).",
		"The buyer is a professional and doesn't meet the three conditions (five employees at most, off premises, outside their main activity).")
	return false
}
