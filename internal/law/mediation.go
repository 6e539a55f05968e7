package law

import "github.com/comptoir-desk/comptoir/internal/calendar"

// MediationFacts are what is known of a complaint. Zero dates have not come.
type MediationFacts struct {
	Complaint    calendar.Date // prior complaint, in writing, to the trader
	FinalAnswer  calendar.Date // the trader's last word
	InfoSent     calendar.Date // the mediator's details on a durable medium (L616-2)
	FileComplete calendar.Date // the mediator notified that the file is complete
	Elsewhere    bool          // before another mediator or a court, or out of scope
	On           calendar.Date // the day that is asked about
}

// Mediation is whether and until when a consumer may go to the mediator.
type Mediation struct {
	Admissible bool
	Until      calendar.Date // last day to bring it; zero without a written complaint
	AnswerBy   calendar.Date // by when the shop should have answered the complaint
	InfoOwed   bool          // the complaint failed and the mediator's details weren't sent
	ResultBy   calendar.Date // zero until the file is complete
	Grounds
}

// Mediation says whether a case may go to the mediator, until when, and what is
// missing (L612-1, L612-2, L616-2, R612-5).
func (s Settings) Mediation(f MediationFacts) Mediation {
	var m Mediation
	m.cite("L612-1 c. conso", "L612-2 c. conso")
	if f.Complaint.IsZero() {
		m.say("Il manque une réclamation écrite préalable au professionnel.", "A prior written complaint to the trader is missing.")
		return m
	}
	m.Until = f.Complaint.AddMonths(s.Mediator.AdmissibleMonths)
	m.AnswerBy = f.Complaint.AddMonths(s.Mediator.AnswerMonths)
	m.say("Réclamation écrite du %s : le médiateur peut être saisi jusqu'au %s.",
		"Written complaint of %s: the mediator may be seized until %s.", f.Complaint, m.Until)
	m.Admissible = !f.Elsewhere && !f.On.After(m.Until)
	switch {
	case f.Elsewhere:
		m.say("Le litige est devant un autre médiateur ou un juge, ou hors de son champ.", "The dispute is before another mediator or a court, or out of scope.")
	case !m.Admissible:
		m.say("Ce délai est passé.", "That time has passed.")
	}
	m.InfoOwed = !f.FinalAnswer.IsZero() && f.InfoSent.IsZero()
	if m.InfoOwed {
		m.say("La réclamation a échoué : les coordonnées du médiateur sont dues sur un support durable.",
			"The complaint failed: the mediator's details are owed on a durable medium.")
		m.cite("L616-2 c. conso")
	}
	if !f.FileComplete.IsZero() {
		m.ResultBy = f.FileComplete.AddDays(s.Mediator.ResultDays)
		m.say("Dossier complet le %s : résultat au plus tard le %s.", "File complete on %s: result by %s.", f.FileComplete, m.ResultBy)
		m.cite("R612-5 c. conso")
	}
	return m
}
