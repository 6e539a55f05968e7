package pdf

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// words are the few that stand around what people wrote.
type words struct {
	number, customer, promises, due, ended, said, note, to, subject, files, quote, mail, printed, page, missing, shortened, bytes, noWords string
	date                                                                                                                                   string // of package time
	thousand, colon                                                                                                                        string
}

var french = words{
	number: "Demande n° %s", customer: "Client", promises: "Engagements", due: "échéance %s", ended: "%s le %s",
	said: "Ce qui s’est dit", note: "Note interne", to: "À", subject: "Objet", files: "Pièces jointes", quote: "Citation",
	mail: "Mail", printed: "Imprimé le %s par %s", page: "page %d sur {pages}",
	missing:   "Certains signes ne sont pas dans la police de ce document : ils y figurent sous la forme [U+…]. Le mail d’origine, désigné par son empreinte, les contient.",
	shortened: "Les messages les plus anciens ne figurent pas dans ce document.",
	bytes:     "octets", noWords: "(message sans texte)", date: "02/01/2006 15:04", thousand: "\u00a0", colon: "\u00a0: ",
}

var english = words{
	number: "Request no. %s", customer: "Customer", promises: "Promises", due: "due %s", ended: "%s on %s",
	said: "What was said", note: "Private note", to: "To", subject: "Subject", files: "Attachments", quote: "Quoted text",
	mail: "Mail", printed: "Printed on %s by %s", page: "page %d of {pages}",
	missing:   "Some signs are not in the font of this document: they stand in it as [U+…]. The original mail, named by its hash, holds them.",
	shortened: "The oldest messages are not in this document.",
	bytes:     "bytes", noWords: "(no text)", date: "02/01/2006 15:04", thousand: ",", colon: ": ",
}

func wordsIn(language string) words {
	if language == "fr" {
		return french
	}
	return english
}

func (d Document) at(t time.Time, w words) string {
	zone := d.Zone
	if zone == nil {
		zone = time.UTC
	}
	return t.In(zone).Format(w.date)
}

// size is exact, as evidence needs it, and readable: "1,2 Mo (1 234 567 octets)".
func (w words) size(n int64) string {
	digits := strconv.FormatInt(n, 10)
	var grouped strings.Builder
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			grouped.WriteString(w.thousand)
		}
		grouped.WriteRune(r)
	}
	return grouped.String() + " " + w.bytes
}

func (w words) numbered(n int64) string { return fmt.Sprintf(w.number, strconv.FormatInt(n, 10)) }
