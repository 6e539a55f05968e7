package compose

import "strings"

// References are kept short: servers refuse headers that grew with a year-long
// conversation, and clients need the root and the newest only (RFC 5322, 3.6.4
// lets them be cut).
const (
	lastReferences = 9
	maxReferences  = 900 // bytes, <> and spaces counted
)

func writeThreading(h *header, m Message) {
	parent := cleanID(m.InReplyTo)
	if parent != "" {
		h.add("In-Reply-To", "<"+parent+">")
	}
	if refs := shortReferences(m.References, parent); len(refs) > 0 {
		h.add("References", refs...)
	}
}

// shortReferences gives the root, the last nine and the parent at the end, each
// once, in <>.
func shortReferences(all []string, parent string) []string {
	var ids []string
	seen := map[string]bool{parent: true}
	for _, ref := range all {
		if id := cleanID(ref); id != "" && !seen[id] {
			seen[id] = true
			ids = append(ids, "<"+id+">")
		}
	}
	if parent != "" {
		ids = append(ids, "<"+parent+">")
	}
	if len(ids) > 1+lastReferences {
		ids = append(ids[:1:1], ids[len(ids)-lastReferences:]...)
	}
	for len(ids) > 1 && len(strings.Join(ids, " ")) > maxReferences {
		drop := 1 // the oldest after the root; the root itself only when two are left
		if len(ids) == 2 {
			drop = 0
		}
		ids = append(ids[:drop:drop], ids[drop+1:]...)
	}
	return ids
}

// cleanID gives a Message-ID without <>, or "" for what cannot stand in a
// header. Others' ids are taken as they are, without an @ too: threading
// compares them letter by letter.
func cleanID(id string) string {
	id = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(id), "<"), ">")
	if len(id) > maxReferences-2 {
		return ""
	}
	for i := range len(id) {
		if id[i] <= ' ' || id[i] > '~' || id[i] == '<' || id[i] == '>' {
			return ""
		}
	}
	return id
}
