package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/bench/rig"
)

func report(machine string, all []*result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Targets on SQLite: 50 rows ≥ %d requests/s with p99 ≤ %d ms at 100k conversations; p50 at 1M ≤ %.1f × that at 10k.\n\n",
		targetRate, targetP99.Milliseconds(), targetRatio)
	fmt.Fprintf(&b, "Machine: %s. The desk, the %d clients and the mail that comes in (%d a second by SMTP) share it.\n\n", machine, clients, mailsPerSec)
	b.WriteString("Three messages a conversation, one conversation in twenty owed; all classes in turn, sizes interleaved.\n\n")
	b.WriteString("| conversations | store | requests/s | of target | p50 | p99 | p50 ÷ smallest | CPU ms/request (desk) | mails taken | data |\n")
	b.WriteString("|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	smallest := map[string]time.Duration{}
	for _, r := range all {
		took := r.lists.all()
		p50 := quantile(took, 0.5)
		if smallest[r.store] == 0 {
			smallest[r.store] = p50
		}
		rate := float64(r.lists.requests) / r.lists.over.Seconds()
		fmt.Fprintf(&b, "| %d | %s | %.0f | %.2f × | %s | %s | %.2f | %.2f | %d | %s |\n", r.conversations, r.store, rate, rate/targetRate,
			ms(p50), ms(quantile(took, 0.99)), float64(p50)/float64(smallest[r.store]), float64(r.lists.cpu.Microseconds())/1000/float64(r.lists.requests), r.mails, rig.MB(r.database))
	}
	b.WriteString("\nBy class, p50 and p99 in ms:\n\n| class |")
	for _, r := range all {
		fmt.Fprintf(&b, " %s %s |", thousands(r.conversations), r.store)
	}
	b.WriteString("\n|---|" + strings.Repeat("--:|", len(all)) + "\n")
	for i, c := range classes() {
		fmt.Fprintf(&b, "| %s |", c.name)
		for _, r := range all {
			took := r.lists.took[i]
			fmt.Fprintf(&b, " %s · %s%s |", ms(quantile(took, 0.5)), ms(quantile(took, 0.99)), last(r.classes[i]))
		}
		b.WriteString("\n")
	}
	reportWhole(&b, all)
	return b.String()
}

// last says that a list had fewer pages.
func last(c *class) string {
	if c.at >= c.page {
		return ""
	}
	return fmt.Sprintf(" (its last, %d)", c.at)
}

func thousands(n int) string {
	if n >= 1_000_000 {
		return fmt.Sprintf("%dM", n/1_000_000)
	}
	return fmt.Sprintf("%dk", n/1000)
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d.Microseconds())/1000) }
