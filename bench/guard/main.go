// Command guard measures what a check of a draft of 300 words costs, with facts
// for every rule, in this process and without the desk around it.
//
//	make bench-guard                  two thousand checks of each draft
//	make bench-guard ARGS=-write      and into bench/RESULTS.md
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/bench/rig"
	"github.com/comptoir-desk/comptoir/internal/guard"
	"github.com/comptoir-desk/comptoir/internal/guard/labelled"
)

const target = 2 * time.Millisecond // 99th percentile

func main() {
	times := flag.Int("times", 2000, "checks of each kind of draft")
	write := flag.Bool("write", false, "write the section of bench/RESULTS.md")
	flag.Parse()
	os.Exit(rig.Play(func(s *rig.Stage) error {
		machine := rig.Machine(s.TempDir())
		body, err := measure(*times)
		if err != nil {
			return err
		}
		body = fmt.Sprintf("Target: 300 words, 99th percentile ≤ %d ms.\n\nMachine: %s. One goroutine.\n\n%s", target.Milliseconds(), machine, body)
		fmt.Println(body)
		if *write {
			return rig.WriteSection("bench/RESULTS.md", "Guard", body)
		}
		return nil
	}))
}

type kind struct {
	name  string
	texts []string
}

func measure(times int) (string, error) {
	drafts, err := labelled.Ordinary()
	if err != nil {
		return "", err
	}
	facts, err := facts()
	if err != nil {
		return "", err
	}
	var out strings.Builder
	out.WriteString("| draft | checks | p50 | p99 | longest | of target |\n|---|--:|--:|--:|--:|--:|\n")
	for _, k := range []kind{
		{"an ordinary answer, as it is", ordinary(drafts, 0)},
		{"300 words of ordinary answers", ordinary(drafts, 300)},
		{"300 words with something for each rule", []string{words(full, 300)}},
		{"3,000 words", ordinary(drafts, 3000)},
	} {
		took := check(k.texts, facts, times)
		p99 := took[len(took)*99/100]
		of := "—"
		if strings.HasPrefix(k.name, "300") {
			of = fmt.Sprintf("%.2f ×", float64(p99)/float64(target))
		}
		fmt.Fprintf(&out, "| %s | %d | %s | %s | %s | %s |\n", k.name, len(took), ms(took[len(took)/2]), ms(p99), ms(took[len(took)-1]), of)
	}
	return out.String(), nil
}

// full makes rules fire, which costs more than passing.
const full = "Bonjour {prenom}, malheureusement la carte 4242 4242 4242 4242 de Paul Delmas ne passe pas. Vous trouverez ci-joint la facture. " +
	"Je vous rappelle demain à 10 h, et nous vous remboursons 49,90 € dans les meilleurs délais. Calmez-vous. Votre ticket est clos : https://maison-lila.example/ancien "

func facts() (guard.Facts, error) {
	_, f, err := guard.ParseContext([]byte(`{"now":"2026-11-23T09:30:00+01:00","zone":"Europe/Paris","author":{"name":"Véronica"},"signature":"Véronica\nMaison Lila",
 "shop":{"name":"Maison Lila","siret":"380 129 866 00012"},"customer":{"name":"Camille Renaud","email":"camille@example.org"},
 "message":"Bonjour,\nOù est ma commande ML-20417 ? Et puis-je avoir une facture ?\nJe vous ai écrit deux fois sans réponse.\nCamille",
 "orders":[{"number":"ML-20417"}],"others":["Paul Delmas","paul@example.org","ML-20418","12 rue des Lilas, 69003 Lyon"],
 "forbidden":["malheureusement","pas de souci","client mystère"],"preferred":{"ticket":"demande"},"dead_links":["https://maison-lila.example/ancien"]}`))
	return f, err
}

// ordinary are the answers, or as many of them in a row as make so many words.
func ordinary(drafts []labelled.Draft, count int) []string {
	var texts []string
	part := ""
	for _, d := range drafts {
		part += d.Text + "\n\n"
		if len(strings.Fields(part)) >= count {
			if count > 0 {
				part = words(part, count)
			}
			texts = append(texts, part)
			part = ""
		}
	}
	return texts
}

func words(text string, count int) string {
	for len(strings.Fields(text)) < count {
		text += text
	}
	seen := 0
	for i, r := range text {
		if r == ' ' || r == '\n' {
			if seen++; seen == count {
				return text[:i]
			}
		}
	}
	return text
}

func check(texts []string, facts guard.Facts, times int) []time.Duration {
	took := make([]time.Duration, 0, times)
	for i := range times {
		d := guard.Draft{Text: texts[i%len(texts)], Lang: "fr"}
		start := time.Now()
		guard.Read(d, facts)
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	return took
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }
