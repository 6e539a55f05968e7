package harness

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// mail is one mail of the script, with what must become of it.
type mail struct {
	raw     []byte
	folder  string // INBOX or Junk; "" when a relay hands it over
	thread  int    // which conversation it belongs to
	broken  bool   // no mail at all: quarantined
	copied  bool   // the same bytes as one before: shown with it, once
	files   int    // attachments
	byRelay bool
}

type digest [sha256.Size]byte

func digestOf(raw []byte) digest { return sha256.Sum256(raw) }

// people are the customers; an address of theirs has a number, so that the
// desk's own limit of automatic answers doesn't hide a doubled one.
var people = []string{
	"Camille Renaud", "Paul Delmas", "Inès Belkacem", "Hugo Marchand", "Léa Fontaine", "Malik Haddad", "Élise Garnier", "Tom Vasseur",
}

func person(n int) (name, address string) {
	name = people[n%len(people)]
	first, _, _ := strings.Cut(strings.ToLower(name), " ")
	return name, fmt.Sprintf("%s.%d@client-%d.example", strings.NewReplacer("è", "e", "é", "e").Replace(first), n, n%40)
}

// letter is what compose writes.
type letter struct {
	from      int
	id, reply string
	refs      []string
	text      string
	attached  bool
}

func (l letter) raw() []byte {
	name, address := person(l.from)
	var b strings.Builder
	fmt.Fprintf(&b, "From: =?utf-8?q?%s?= <%s>\r\nTo: %s\r\nSubject: Commande %d\r\n",
		strings.NewReplacer(" ", "_", "è", "=C3=A8", "é", "=C3=A9", "É", "=C3=89").Replace(name), address, Own, 20000+l.from)
	if l.id != "" {
		fmt.Fprintf(&b, "Message-ID: <%s>\r\n", l.id)
	}
	if l.reply != "" {
		fmt.Fprintf(&b, "In-Reply-To: <%s>\r\nReferences: <%s>\r\n", l.reply, strings.Join(l.refs, "> <"))
	}
	b.WriteString("Date: Mon, 23 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n")
	if !l.attached {
		fmt.Fprintf(&b, "Content-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n", l.text)
		return []byte(b.String())
	}
	fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=lila\r\n\r\n--lila\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\r\n"+
		"--lila\r\nContent-Type: application/pdf; name=facture.pdf\r\nContent-Disposition: attachment; filename=facture.pdf\r\n\r\n"+
		"%%PDF-1.4 facture de %s\r\n--lila--\r\n", l.text, l.id)
	return []byte(b.String())
}

// writeScript tells threads conversations of one to three mails by as many
// customers, and what disturbs them: a reply before its parent, a stranger who
// names somebody's Message-ID, one Message-ID on two letters, the same mail in
// the junk folder too, mails without a Message-ID, by a relay, and some that
// are none.
func writeScript(threads int, dice *rand.Rand) []mail {
	var open [][]mail // threads that still have something to say
	for n := range threads {
		open = append(open, tellThread(n, dice))
	}
	var script []mail
	stranger := threads
	for len(open) > 0 {
		i := dice.IntN(min(len(open), 6)) // a few at a time, so that a thread spans kills
		next := open[i][0]
		script = append(script, next)
		if open[i] = open[i][1:]; len(open[i]) == 0 {
			open = slices.Delete(open, i, i+1)
		}
		switch len(script) % 11 {
		case 4: // what lies far enough back has been read
			if back := len(script) - 40; back >= 0 && script[back].folder == "INBOX" && !script[back].broken {
				again := script[back]
				again.folder, again.copied = "Junk", true
				script = append(script, again)
			}
		case 7:
			if back := len(script) - 40; back >= 0 && !script[back].broken && !script[back].byRelay {
				script = append(script, intrude(script[back], stranger))
				stranger++
			}
		case 9:
			script = append(script, mail{raw: fmt.Appendf(nil, "ceci n'est pas un mail, jeton %d\r\n", len(script)), folder: "INBOX", thread: -1, broken: true})
		}
	}
	return script
}

func tellThread(n int, dice *rand.Rand) []mail {
	var told []mail
	var ids []string
	for part := range 1 + dice.IntN(3) {
		l := letter{
			from: n, id: fmt.Sprintf("m%d.%d@client.example", n, part), refs: ids, attached: dice.IntN(4) == 0,
			text: fmt.Sprintf("Bonjour, où en est ma commande %d ? C'est mon message %d.", 20000+n, part+1),
		}
		if part > 0 {
			l.reply = ids[part-1]
		}
		if part == 0 && n%17 == 3 { // nobody can refer to it, so the thread ends
			l.id = ""
		}
		m := mail{raw: l.raw(), folder: "INBOX", thread: n, byRelay: dice.IntN(3) == 0}
		if m.byRelay {
			m.folder = ""
		}
		if l.attached {
			m.files = 1
		}
		told, ids = append(told, m), append(ids, l.id)
		if l.id == "" {
			return told
		}
		if n%13 == 5 && part == 0 { // another letter under the same Message-ID: both are kept
			l.text += " Et je voudrais aussi une facture."
			told = append(told, mail{raw: l.raw(), folder: "INBOX", thread: n, files: m.files})
		}
	}
	if dice.IntN(4) == 0 { // the reply comes before its parent
		slices.Reverse(told)
	}
	return told
}

// intrude is a stranger's mail that names another customer's Message-ID.
func intrude(on mail, thread int) mail {
	_, rest, _ := strings.Cut(string(on.raw), "Message-ID: <")
	id, _, _ := strings.Cut(rest, ">")
	l := letter{
		from: thread, id: fmt.Sprintf("s%d@client.example", thread), reply: id, refs: []string{id},
		text: fmt.Sprintf("Bonjour, on m'a transféré ce message ; où est ma commande %d ?", 20000+thread),
	}
	if id == "" {
		l.reply = ""
	}
	return mail{raw: l.raw(), folder: "INBOX", thread: thread}
}
