package guard

import (
	"strings"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/phrase"
)

// deadLinkRule warns of an address that no longer answers; who asked it is not
// this package.
var deadLinkRule = rule{
	name:     "dead_link",
	severity: Warns,
	kinds:    []DeliveryKind{KindAnswer, KindAssistant, KindAcknowledgement, KindNotice},
	french:   "Ce lien ne mène plus nulle part : corrigez-le ou retirez-le.",
	english:  "This link leads nowhere: correct it or take it out.",
	find: func(r *reading) []hit {
		if len(r.facts.DeadLinks) == 0 {
			return nil
		}
		dead := map[string]bool{}
		for _, link := range r.facts.DeadLinks {
			dead[bareLink(link)] = true
		}
		var hits []hit
		for _, m := range webAddress.FindAllStringIndex(r.short, -1) {
			link := strings.TrimRight(r.short[m[0]:m[1]], ".,;:!?)]'\"»…")
			if dead[bareLink(link)] {
				hits = append(hits, hit{Span: phrase.Span{Start: m[0], End: m[0] + len(link)}})
			}
		}
		return hits
	},
}

var webAddress = pattern.Of(`(?i)(?:https?://|www\.)[^\s<>"«»]+`)

// Links are the addresses of pages in a text, as they stand there, each once:
// what a shop's link check has to ask.
func Links(text string) []string {
	var links []string
	seen := map[string]bool{}
	for _, m := range webAddress.FindAllString(text, -1) {
		if link := strings.TrimRight(m, ".,;:!?)]'\"»…"); !seen[link] {
			seen[link] = true
			links = append(links, link)
		}
	}
	return links
}

// bareLink is how addresses compare: without scheme, www. and last slash, the
// host in lower case.
func bareLink(link string) string {
	link = strings.TrimSpace(link)
	if i := strings.Index(link, "://"); i >= 0 {
		link = link[i+3:]
	}
	link = strings.TrimSuffix(link, "/")
	host, path, _ := strings.Cut(link, "/")
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	return host + "/" + path
}
