package main

import (
	"fmt"
	"strings"

	"github.com/comptoir-desk/comptoir/bench/rig"
)

// targets in mails a second, on SQLite with client and server on two cores.
const (
	targetSmall = 500
	targetReal  = 300
	targetLast  = 0.9 // last quarter over first
)

func report(machine string, rows []result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Targets on SQLite: ≥ %d mails/s small, ≥ %d/s real-sized, last quarter ≥ %.1f × first.\n\n", targetSmall, targetReal, targetLast)
	fmt.Fprintf(&b, "Machine: %s. Mail server (Dovecot, TLS) and desk share it.\n\n", machine)
	b.WriteString("From the desk's dial to the mail server (sign-in, listing and first FETCH included) to the last mail owed an answer; ")
	b.WriteString("each mail's promise and the number of conversations are checked.\n\n")
	b.WriteString("| mails | store | mails/s | of target | CPU ms/mail (desk) | quarters, mails/s | last ÷ first | peak RSS | RSS at rest | mail | database | blobs |\n")
	b.WriteString("|---|---|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|\n")
	for _, r := range rows {
		b.WriteString(line(r) + "\n")
	}
	return b.String()
}

func line(r result) string {
	rate := float64(r.sort.count) / r.took.Seconds()
	target := float64(targetSmall)
	if r.sort.realSized {
		target = targetReal
	}
	of := "—"
	if r.store == "sqlite" {
		of = fmt.Sprintf("%.2f ×", rate/target)
	}
	return fmt.Sprintf("| %d %s | %s | %.0f | %s | %.2f | %.0f · %.0f · %.0f · %.0f | %.2f | %s | %s | %s | %s | %s |",
		r.sort.count, r.sort.name, r.store, rate, of, float64(r.cpu.Microseconds())/1000/float64(r.sort.count),
		r.quarters[0], r.quarters[1], r.quarters[2], r.quarters[3], r.quarters[3]/r.quarters[0],
		rig.MB(r.memory.Peak), rig.MB(r.after.Resident), rig.MB(r.mail), rig.MB(r.database), rig.MB(r.blobs))
}
