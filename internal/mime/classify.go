package mime

import (
	"bytes"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/pattern"
)

// maxEvidence bounds the text in which notices are looked for; what a mail
// system says stands at the top.
const maxEvidence = 64 << 10

// maxPhrases is how far the words of some hundred mail systems are looked for.
const maxPhrases = 8 << 10

// evidence is what the class and the reports are read from.
type evidence struct {
	h          header
	c          *collected
	subject    string // lower case
	body       string // lower case, blanks folded, first part only
	recipients []recipient
	daemon     daemonKind
	nullPath   bool // the envelope sender is empty: RFC 5321, 4.5.5
	returned   header
}

func newEvidence(m *Mail, h header, c *collected) *evidence {
	e := &evidence{h: h, c: c, subject: strings.ToLower(m.Subject)}
	e.body = strings.ToLower(strings.Join(strings.Fields(m.Text[:min(len(m.Text), maxPhrases)]), " "))
	path := strings.ToLower(strings.TrimSpace(h.first("return-path")))
	e.nullPath = path == "<>" || strings.Contains(path, "mailer-daemon")
	e.daemon = daemonOf(m.From, h)
	for _, p := range c.notices {
		if strings.HasSuffix(p.kind.value, "delivery-status") {
			e.recipients = append(e.recipients, parseStatus(p.content(c.reader))...)
		}
	}
	for _, p := range c.returned {
		if rh, _, _ := readHeader(bytes.TrimLeft(p.content(c.reader), "\r\n \t")); rh.isMail() {
			e.returned = rh
			break
		}
	}
	return e
}

// classify gives the first class that fits: report, delay, bounce, own,
// auto_reply, list, spam, customer.
func classify(m *Mail, e *evidence) Class {
	if e.isFeedback() {
		return ClassReport
	}
	if class, found := e.deliveryNotice(m); found {
		return class
	}
	if m.isOwn(m.From) {
		if _, foreign := m.foreignReplyTo(); foreign {
			return ClassCustomer // a contact form writes in the customer's name
		}
		return ClassOwn
	}
	switch {
	case e.isAutoReply(m):
		return ClassAutoReply
	case e.isList(m):
		return ClassList
	case e.isSpam():
		return ClassSpam
	}
	return ClassCustomer
}

func (e *evidence) hasNotice(kind string) bool {
	for _, p := range e.c.notices {
		if p.kind.value == kind {
			return true
		}
	}
	return false
}

func (e *evidence) reportType() string {
	if e.c.root.kind.value != "multipart/report" {
		return ""
	}
	return strings.ToLower(strings.TrimSpace(e.c.root.kind.params["report-type"]))
}

var (
	// RFC 7489, 7.2.1.1, and what reporters make of it.
	dmarcSubject = pattern.Of(`report[ _-]*domain:?.{1,300}(submitter|report-id)|dmarc[a-z ]*(aggregate|report)|aggregate report.{0,80}dmarc`)
	dmarcFile    = pattern.Of(`(?i)^[^!]{1,200}![^!]{1,200}!\d{6,12}!\d{6,12}.*\.(xml|zip|gz)`)
	// Feedback loops older than RFC 5965.
	loopSubject = pattern.Of(`^(complaint about message from|email feedback report for|abuse report|feedback report)`)
)

// isFeedback recognises complaints (RFC 5965), DMARC (RFC 7489) and TLS
// reports (RFC 8460).
func (e *evidence) isFeedback() bool {
	switch e.reportType() {
	case "feedback-report", "tlsrpt":
		return true
	}
	if e.hasNotice("message/feedback-report") {
		return true
	}
	if (loopSubject.MatchString(e.subject) || e.h.has("x-hmxmroriginalrecipient")) && e.returned != nil {
		return true
	}
	if snsEvent(e.body, "complaint") {
		return true
	}
	for _, a := range e.c.attachments {
		if strings.HasPrefix(a.Type, "application/tlsrpt") || dmarcFile.MatchString(a.Name) {
			return true
		}
		packed := strings.Contains(a.Type, "zip") || strings.Contains(a.Type, "xml")
		if packed && dmarcSubject.MatchString(e.subject) {
			return true
		}
	}
	return false
}

// snsEvent recognises Amazon SES events sent as JSON mails.
func snsEvent(body, kind string) bool {
	if !strings.HasPrefix(body, "{") {
		return false
	}
	flat := strings.ReplaceAll(strings.ReplaceAll(body, " ", ""), `\`, "")
	return strings.Contains(flat, `"notificationtype":"`+kind+`"`) || strings.Contains(flat, `"eventtype":"`+kind+`"`)
}

var (
	vacationSubject = pattern.Of(`^(re ?: *|tr ?: *|aw ?: *)?[\[(]?(r[ée]ponse automatique|automatic reply|autom\. ?antwort|automatische antwort|` +
		`auto(matic|mated)?[ -]?(re(ply|sponse|sponder)|antwort)|auto ?: |autoreply|out[ -]of[ -](the[ -])?office|away from (my|the) office|` +
		`absen(t|te|ce) d[ue] bureau|absent\(e\)|message d.absence|notification d.absence|absence ?:|avis d.absence|en cong[ée]s? |` +
		`i am (currently )?(away|out of)|on (vacation|holiday|leave)|vacation (reply|message|notice)|abwesenheit|` +
		`respuesta autom|fuera de (la )?oficina|risposta automatica|fuori ufficio|resposta autom|automatisch antwoord|afwezig|` +
		`自動(応答|返信)|自动回复|自動回覆|автоответ)`)
	receiptSubject = pattern.Of(`^(lu|read|gelesen|le[ií]do|letto|accus[ée] de (lecture|r[ée]ception)|read receipt|return receipt|confirmation de lecture|not read|non lu)( ?\(.{1,40}\))?( ?:| -|$)`)
)

// isAutoReply recognises what a program answers in a person's name (RFC 3834,
// 2) and read receipts (RFC 8098). "auto-generated" alone is no sign: shops and
// forms send it.
func (e *evidence) isAutoReply(m *Mail) bool {
	if e.reportType() == "disposition-notification" || e.hasNotice("message/disposition-notification") {
		return true
	}
	if m.AutoSubmitted == "auto-replied" || m.AutoSubmitted == "auto-notified" || m.Precedence == "auto_reply" || m.Precedence == "auto-reply" {
		return true
	}
	for _, name := range []string{"x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-autoreply-from", "x-mail-autoreply", "x-vacation"} {
		if v := strings.ToLower(strings.TrimSpace(e.h.first(name))); v != "" && v != "no" && v != "false" {
			return true
		}
	}
	if strings.EqualFold(strings.TrimSpace(e.h.first("x-apple-action")), "vacation") {
		return true
	}
	if vacationSubject.MatchString(e.subject) {
		return true
	}
	return receiptSubject.MatchString(e.subject) && (e.nullPath || (m.AutoSubmitted != "" && m.AutoSubmitted != "no"))
}

// isList recognises newsletters and lists (RFC 2369, RFC 2919).
func (e *evidence) isList(m *Mail) bool {
	switch m.Precedence {
	case "list", "bulk", "junk":
		return true
	}
	for _, name := range []string{"list-id", "list-unsubscribe", "list-post", "list-help", "x-mailing-list"} {
		if strings.TrimSpace(e.h.first(name)) != "" {
			return true
		}
	}
	return false
}

// isSpam believes only the plain verdict of a filter on the way.
func (e *evidence) isSpam() bool {
	for _, f := range e.h {
		v := strings.ToLower(f.value)
		switch f.name {
		case "x-spam-flag", "x-spam-status", "x-spam", "x-barracuda-spam-flag", "x-bogosity":
			if strings.HasPrefix(v, "yes") || strings.HasPrefix(v, "true") || strings.HasPrefix(v, "spam") {
				return true
			}
		case "x-vr-spamstate", "x-dspam-result": // OVH says "SPAM"
			if strings.HasPrefix(v, "spam") {
				return true
			}
		case "x-forefront-antispam-report":
			if strings.Contains(v, "sfv:spm") {
				return true
			}
		}
	}
	return false
}

var reactionText = pattern.Of(`^(.{1,100} )?(reacted to your (message|email)|a r[ée]agi à votre (message|e-?mail))`)

// isReaction recognises Outlook's reaction mails; Gmail's carry a part of their
// own type.
func isReaction(m *Mail) bool {
	text := strings.ToLower(strings.TrimSpace(m.Text))
	return len(text) < 400 && reactionText.MatchString(text)
}
