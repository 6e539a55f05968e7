package notify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/lang"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// today is what the mail of a morning is written from.
type today struct {
	person   team.Member
	location *time.Location
	owed     []owedRow // in the order of the mail
}

// inMail is how many promises the mail names.
const inMail = 10

// order: what is broken first, within it law and money, then by due time.
func (t *today) order() {
	first := func(yes bool) int {
		if yes {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(t.owed, func(x, y owedRow) int {
		return cmp.Or(
			cmp.Compare(first(x.broken()), first(y.broken())), cmp.Compare(first(x.law()), first(y.law())),
			x.DueAt.Compare(y.DueAt), cmp.Compare(x.ID, y.ID))
	})
}

func (t today) count(which func(owedRow) bool) (n int) {
	for _, r := range t.owed {
		if which(r) {
			n++
		}
	}
	return n
}

func (t today) english() bool { return t.person.Language == "en" }

// many is one form for one and another for more, with the number.
func many(n int, one, more string) string {
	if n < 2 {
		return fmt.Sprintf(one, n)
	}
	return fmt.Sprintf(more, n)
}

func (t today) subject() string {
	broken := t.count(owedRow.broken)
	switch n := len(t.owed); {
	case n == 0 && t.english():
		return "Nothing is owed today"
	case n == 0:
		return "Rien n’est dû aujourd’hui"
	case t.english() && broken > 0:
		return fmt.Sprintf("Today: %d owed, %d late", n, broken)
	case t.english():
		return fmt.Sprintf("Today: %d owed", n)
	case broken > 0:
		return fmt.Sprintf("Aujourd’hui : %d à tenir, dont %d en retard", n, broken)
	default:
		return fmt.Sprintf("Aujourd’hui : %d à tenir", n)
	}
}

func (t today) text(url, unsubscribe string) string {
	var b strings.Builder
	if t.english() {
		b.WriteString("Hello " + t.person.FirstName() + ",\n\n" + t.sumEnglish() + "\n\n")
	} else {
		b.WriteString("Bonjour " + t.person.FirstName() + ",\n\n" + t.sumFrench() + "\n\n")
	}
	for i, r := range t.owed {
		if i == inMail {
			break
		}
		b.WriteString(t.line(r, url) + "\n")
	}
	if len(t.owed) > 0 {
		b.WriteString("\n")
	}
	rest := len(t.owed) - inMail
	switch {
	case rest > 0 && t.english():
		b.WriteString(many(rest, "And %d more: ", "And %d more: ") + url + "/owed\n\n")
	case rest > 0:
		b.WriteString(many(rest, "Et %d autre : ", "Et %d autres : ") + url + "/owed\n\n")
	}
	if t.english() {
		return b.String() + "You get this mail on the mornings when the shop opens. To get it no more: " + unsubscribe
	}
	return b.String() + "Vous recevez ce mail les matins d’ouverture. Pour ne plus le recevoir : " + unsubscribe
}

func (t today) sumFrench() string {
	n := len(t.owed)
	if n == 0 {
		return "Rien n’est dû aujourd’hui."
	}
	mine := t.count(func(r owedRow) bool { return r.of(t.person.ID) })
	sum := many(n, "Aujourd’hui, %d engagement est à tenir", "Aujourd’hui, %d engagements sont à tenir") +
		fmt.Sprintf(" : %d par vous, %d par l’équipe.", mine, n-mine)
	if broken := t.count(owedRow.broken); broken > 0 {
		sum += many(broken, " %d est en retard.", " %d sont en retard.")
	}
	if law := t.count(owedRow.law); law > 0 {
		sum += many(law, " %d relève de la loi ou rend de l’argent.", " %d relèvent de la loi ou rendent de l’argent.")
	}
	return sum
}

func (t today) sumEnglish() string {
	n := len(t.owed)
	if n == 0 {
		return "Nothing is owed today."
	}
	mine := t.count(func(r owedRow) bool { return r.of(t.person.ID) })
	sum := many(n, "%d promise is owed today", "%d promises are owed today") + fmt.Sprintf(": %d by you, %d by the team.", mine, n-mine)
	if broken := t.count(owedRow.broken); broken > 0 {
		sum += many(broken, " %d is late.", " %d are late.")
	}
	if law := t.count(owedRow.law); law > 0 {
		sum += many(law, " %d is of law or gives money back.", " %d are of law or give money back.")
	}
	return sum
}

// line names no customer: the mail stays in mailboxes that no erasure reaches
// (I10).
func (t today) line(r owedRow, url string) string {
	what, link := place(r.Conversation, url, t.person.Language)
	due := r.DueAt.In(t.location)
	if t.english() {
		when := "by " + due.Format("15:04")
		if r.broken() {
			when = "late since " + lang.SpokenDate(due, "en")
		}
		return "- " + when + ": " + kindWords[r.Kind][1] + ", " + what + t.whose(r, " (yours)") + ": " + link
	}
	when := "avant " + frenchClock(due)
	if r.broken() {
		when = "en retard depuis le " + lang.SpokenDate(due, "fr")
	}
	return "- " + when + " : " + kindWords[r.Kind][0] + ", " + what + t.whose(r, " (à vous)") + " : " + link
}

func (t today) whose(r owedRow, words string) string {
	if r.of(t.person.ID) {
		return words
	}
	return ""
}

func frenchClock(at time.Time) string {
	if at.Minute() == 0 {
		return fmt.Sprintf("%d h", at.Hour())
	}
	return fmt.Sprintf("%d h %02d", at.Hour(), at.Minute())
}

// kindWords say what is owed, in French and in English.
var kindWords = map[promise.Kind][2]string{
	promise.Answer:   {"répondre", "answer"},
	promise.CallBack: {"rappeler", "call back"},
	promise.Send:     {"envoyer", "send"},
	promise.Refund:   {"rembourser", "refund"},
	promise.Lead:     {"répondre à une question de l’équipe", "answer a colleague"},
	promise.Sort:     {"trier le courrier", "sort the mail"},
	promise.Other:    {"faire ce qui a été promis", "do what was promised"},
}
