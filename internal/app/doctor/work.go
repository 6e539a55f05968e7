package doctor

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/store"
)

var (
	parkedJobs   = store.SQL(`select kind from job where state = 'parked' order by kind limit 1000`)
	quarantined  = store.SQL(`select count(*) from item where state = 'quarantined'`)
	heldMails    = store.SQL(`select count(*) from delivery where state = 'held'`)
	newestEvent  = store.SQL(`select at from event order by seq desc limit 1`)
	databaseTime = store.SQL(`select {dbnow}`)
)

// Work looks at what waits for a person in the desk: parked jobs, quarantine,
// held mail; and at the clocks.
func Work(ctx context.Context, db *store.DB, now func() time.Time) (list []Finding, err error) {
	err = db.Read(ctx, func(tx *store.Tx) error {
		newest, _, err := store.Maybe[time.Time](tx, newestEvent)
		if err != nil {
			return err
		}
		list = []Finding{ClockRunsOn(now(), newest)}
		if db.Dialect() == store.PostgreSQL {
			before := now()
			theirs, err := store.One[time.Time](tx, databaseTime)
			if err != nil {
				return err
			}
			after := now()
			list = append(list, Clock("postgres", before.Add(after.Sub(before)/2), theirs))
		}
		kinds, err := store.All[string](tx, parkedJobs)
		if err != nil {
			return err
		}
		list = append(list, parked(kinds))
		in, err := store.One[int64](tx, quarantined)
		if err != nil {
			return err
		}
		list = append(list, waiting("quarantine", in,
			say("Aucun mail illisible.", "Nothing in quarantine."),
			say("Mails illisibles : %d.", "Mails in quarantine: %d.", in),
			say("Regardez-les dans « Mails illisibles » : relisez-les ou écartez-les.", "Look at them in the quarantine: replay them or set them aside.")))
		out, err := store.One[int64](tx, heldMails)
		list = append(list, waiting("outbox", out,
			say("Aucun envoi retenu.", "No mail is held."),
			say("Envois retenus : %d.", "Held mails: %d.", out),
			say("Regardez-les dans Envois : renvoyez-les ou annulez-les avec un motif.", "Look at them in the outbox: send them again, or cancel them with a reason.")))
		return err
	})
	return list, err
}

func waiting(check string, n int64, none, some, do Text) Finding {
	if n == 0 {
		return fine(check, "", none)
	}
	return Finding{check, "", Warn, some, do}
}

// parked says which kinds of work failed for good.
func parked(kinds []string) Finding {
	count := map[string]int{}
	var order []string
	for _, k := range kinds {
		if count[k]++; count[k] == 1 {
			order = append(order, k)
		}
	}
	for i, k := range order {
		order[i] = k + " × " + strconv.Itoa(count[k])
	}
	return waiting("jobs", int64(len(kinds)),
		say("Aucune tâche abandonnée.", "No job was given up."),
		say("Tâches abandonnées après cinq essais : %s.", "Jobs given up after five tries: %s.", strings.Join(order, ", ")),
		say("« comptoir jobs » dit pourquoi : corrigez la cause, puis « comptoir jobs retry all ».", "“comptoir jobs” says why: mend the cause, then “comptoir jobs retry all”."))
}

// stale is how old the mark "everything up to here is in the desk" may be.
const stale = 15 * time.Minute

// CaughtUp looks at how far a mailbox was read; zero for never.
func CaughtUp(address string, now, to, since time.Time) Finding {
	do := say("Si Comptoir tourne, lisez l'état de la boîte dans les réglages ; sinon démarrez-le.", "If Comptoir runs, read the mailbox's state in the settings; else start it.")
	switch {
	case to.IsZero() && now.Sub(since) > stale:
		return Finding{"mail in", address, Warn, say("Cette boîte n'a jamais été lue jusqu'au bout.", "This mailbox was never read to its end."), do}
	case !to.IsZero() && now.Sub(to) > stale:
		return Finding{
			"mail in", address, Warn,
			say("Lue jusqu'au bout pour la dernière fois il y a %s.", "Read to its end %s ago.", now.Sub(to).Round(time.Minute)), do,
		}
	}
	return fine("mail in", address, say("La boîte est lue jusqu'au bout.", "The mailbox is read to its end."))
}
