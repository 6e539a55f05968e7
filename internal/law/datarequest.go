package law

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

const (
	dataMonths         = 1 // GDPR art. 12(3)
	dataExtendedMonths = 3 // the month and two more, from receipt
	breachHours        = 72
)

// DataRequest is by when a request about personal data is answered.
type DataRequest struct {
	Due       calendar.Date // strict
	DueRolled calendar.Date // moved to a working day, as the EDPB's guidelines 01/2022 have it
	TellBy    calendar.Date // last day to tell the person of an extension, with reasons
	Target    calendar.Date // our own aim, before Due
	Grounds
}

// DataRequest says by when access, rectification, erasure, restriction,
// portability or objection is answered (GDPR art. 12(3)). A refusal is told in
// the same month (art. 12(4)).
func (s Settings) DataRequest(received calendar.Date, extended bool) DataRequest {
	var r DataRequest
	month := received.AddMonths(dataMonths)
	due := month
	r.cite("RGPD art. 12(3)")
	r.say("Reçue le %s : réponse dans le mois, au plus tard le %s.", "Received on %s: answer within a month, by %s.", received, month)
	if extended {
		due = received.AddMonths(dataExtendedMonths)
		r.say("Prolongée de deux mois, jusqu'au %s, si la personne en est informée avec les raisons au plus tard le %s.",
			"Extended by two months, to %s, if the person is told so with reasons by %s.", due, month)
	}
	r.TellBy = month
	r.Due, r.DueRolled = s.traderDay(due), s.roll(due, Place{})
	if r.DueRolled != due {
		r.say("Ce jour n'est pas ouvrable : la date se reporte au %s.", "That day is no working day: the date moves to %s.", r.DueRolled)
		r.cite("Règl. 1182/71 art. 3(4)")
	}
	r.Target = received.AddDays(s.Data.TargetDays)
	if r.Due.Before(r.Target) {
		r.Target = r.Due
	}
	return r
}

// BreachDue is until when the authority hears of a data breach: 72 hours from
// awareness, on weekends and holidays too (GDPR art. 33; Reg. 1182/71 moves no
// period in hours).
func BreachDue(aware time.Time) (time.Time, Grounds) {
	var g Grounds
	due := aware.Add(breachHours * time.Hour)
	g.say("Violation connue le %s : notification à la CNIL dans les 72 heures, au plus tard le %s.",
		"Breach known on %s: the CNIL is notified within 72 hours, by %s.", aware.In(paris), due.In(paris))
	g.say("Les heures courent les week-ends et jours fériés.", "The hours run on weekends and holidays.")
	g.cite("RGPD art. 33(1)")
	return due.UTC(), g
}
