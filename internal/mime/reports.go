package mime

import (
	"strings"
	"sync"

	"github.com/comptoir-desk/comptoir/internal/pattern"
)

// reportsOf says which message of ours a notice speaks of, for whom, and what
// became of it: from its machine-readable parts, else from its words.
func reportsOf(m *Mail, e *evidence) []Report {
	switch m.Class {
	case ClassBounce, ClassDelay:
		return e.deliveryReports(m)
	case ClassReport:
		return e.feedbackReports(m)
	case ClassAutoReply:
		return e.receiptReports(m)
	}
	return nil
}

func (e *evidence) deliveryReports(m *Mail) []Report {
	text := e.noticeText(m)
	original := e.originalID(m, text)
	list := e.recipients
	if len(list) == 0 {
		list = e.spokenRecipients(m, text)
	}
	anybody := sync.OnceValue(func() string { return e.anyRecipient(m, text) })
	spoken := make(map[string]string) // by action: the same words for all
	var reports []Report
	for _, r := range list {
		if r.address == "" {
			r.address = anybody()
		}
		if r.action == "" {
			r.action = map[Class]string{ClassBounce: "failed", ClassDelay: "delayed"}[m.Class]
		}
		if r.status == "" {
			if _, known := spoken[r.action]; !known {
				spoken[r.action] = spokenStatus(notice(text), r.action)
			}
			r.status = spoken[r.action]
		}
		reports = append(reports, Report{original, r.address, r.action, r.status})
	}
	return reports
}

// feedbackReports: RFC 5965 names the recipient if it wasn't redacted.
func (e *evidence) feedbackReports(m *Mail) []Report {
	if e.returned == nil && !e.hasNotice("message/feedback-report") {
		return nil
	}
	text := e.noticeText(m)
	report := Report{OriginalMessageID: e.originalID(m, text)}
	if f := originalRcpt.FindStringSubmatch(text); f != nil {
		report.Recipient = NormalAddress(f[1])
	}
	if report == (Report{}) {
		return nil
	}
	return []Report{report}
}

// receiptReports: RFC 8098, 3.2; "displayed" is the one action told.
func (e *evidence) receiptReports(m *Mail) []Report {
	if !e.hasNotice("message/disposition-notification") {
		return nil
	}
	text := e.noticeText(m)
	report := Report{OriginalMessageID: e.originalID(m, text)}
	if f := finalRecipient.FindStringSubmatch(text); f != nil {
		report.Recipient = typedAddress(f[1])
	}
	if f := dispositionType.FindStringSubmatch(text); f != nil {
		report.Action = strings.ToLower(f[1])
	}
	return []Report{report}
}

var (
	originalRcpt    = pattern.Of(`(?im)^original-rcpt-to:[ \t]*(\S+)`)
	finalRecipient  = pattern.Of(`(?im)^final-recipient:[ \t]*(.+)$`)
	dispositionType = pattern.Of(`(?im)^disposition:[^;\n]*;[ \t]*([a-z]+)`)
	spokenID        = pattern.Of(`(?im)^[ \t>|*-]*(?:x-)?(?:original[- ])?message[- ]?id[ \t]*:\s*(?:<([^<>\s]+)>|([^\s<>]+@[^\s<>]+))`)
	jsonID          = pattern.Of(`(?i)"name"\s*:\s*"message-id"\s*,\s*"value"\s*:\s*"<?([^"<>]+)`)
)

// noticeText is every readable part of a notice: the words, the report, the
// returned message. Folded fields are left as they are.
func (e *evidence) noticeText(m *Mail) string {
	var b strings.Builder
	b.WriteString(m.Text[:min(len(m.Text), maxEvidence)])
	if m.HTML != "" && strings.TrimSpace(m.Text) == "" {
		b.WriteString(HTMLText(m.HTML[:min(len(m.HTML), maxEvidence)]))
	}
	for _, a := range e.c.attachments {
		if strings.HasPrefix(a.Type, "text/") || strings.HasPrefix(a.Type, "message/") {
			b.WriteString("\n\n")
			b.WriteString(toUTF8(a.Content[:min(len(a.Content), maxEvidence)], ""))
		}
		if b.Len() > 4*maxEvidence {
			break
		}
	}
	return strings.ReplaceAll(b.String(), "\r\n", "\n")
}

func (e *evidence) originalID(m *Mail, text string) string {
	if id := firstID(e.returned.first("message-id")); id != "" {
		return id
	}
	for _, f := range spokenID.FindAllStringSubmatch(text, 20) {
		if id := firstID("<" + f[1] + f[2] + ">"); id != "" && id != m.MessageID {
			return id
		}
	}
	if f := jsonID.FindStringSubmatch(strings.ReplaceAll(text, `\`, "")); f != nil {
		return firstID("<" + f[1] + ">")
	}
	for _, name := range []string{"x-original-message-id", "original-message-id", "in-reply-to"} {
		if id := firstID(e.h.first(name)); id != "" {
			return id
		}
	}
	if n := len(m.References); n > 0 {
		return m.References[n-1]
	}
	return ""
}

var (
	// returnedMark is where a notice ends and the returned message begins.
	returnedMark = pattern.Of(`(?im)^(?:[ \t]*[-=_*#]{2,}.{0,40}(?:copy of|original|returned|unsent|enclosed|undelivered|header|forwarded|included).{0,80}|[ \t]*(?:return-path|received|message-id|x-mailer|mime-version):.*)$`)
	addressLine  = pattern.Of(`(?m)^[ \t*>"'(-]*<?([^\s<>()\[\]"':;,]+@[^\s<>()\[\]"':;,]+?)>?\.{0,3}[ \t"']*(?:[:;,(\[ -].*)?$`)
	rcptTo       = pattern.Of(`(?i)(?:rcpt to|recipient(?:\(s\))?|addressee|destinataire|empf[äa]nger|to)[ \t]*:[ \t]*<?([^\s<>()\[\]"':;,]+@[^\s<>()\[\]"':;,]+)>?`)
	anyAddress   = pattern.Of(`[^\s<>()\[\]"':;,=]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}`)
	toLine       = pattern.Of(`(?im)^to:[ \t]*(.+)$`)
)

// notice is the part of a text that the mail system wrote.
func notice(text string) string {
	if at := returnedMark.FindStringIndex(text); at != nil && strings.Contains(text[:at[0]], "@") {
		return text[:at[0]]
	}
	return text
}

// spokenRecipients reads the failed addresses where no report part lists them.
func (e *evidence) spokenRecipients(m *Mail, text string) []recipient {
	if list := parseStatus([]byte(text)); len(list) > 0 && list[0].address != "" {
		return list
	}
	var found []string
	for _, name := range []string{"x-failed-recipients", "x-bounced-address"} {
		for _, a := range parseAddresses(e.h.first(name)) {
			found = appendNew(found, a.Address)
		}
	}
	said := notice(text)
	if len(found) == 0 {
		for _, pattern := range []*pattern.Pattern{addressLine, rcptTo} {
			for _, f := range pattern.FindAllStringSubmatch(said, maxRecipients) {
				if a := NormalAddress(strings.TrimRight(f[1], ".")); a != "" && !e.isSystem(m, a) {
					found = appendNew(found, a)
				}
			}
			if len(found) > 0 {
				break
			}
		}
	}
	if len(found) == 0 {
		if a := e.anyRecipient(m, text); a != "" {
			found = append(found, a)
		}
	}
	list := make([]recipient, 0, len(found)+1)
	for _, a := range found {
		list = append(list, recipient{address: a})
	}
	if len(list) == 0 {
		list = append(list, recipient{})
	}
	return list
}

// anyRecipient is the best guess: whom the returned message went to, else the
// first address that the notice names.
func (e *evidence) anyRecipient(m *Mail, text string) string {
	for _, v := range append(e.returned.all("x-original-to"), e.returned.all("to")...) {
		for _, a := range parseAddresses(v) {
			if a.Address != "" {
				return a.Address
			}
		}
	}
	for _, f := range toLine.FindAllStringSubmatch(text, 5) {
		for _, a := range parseAddresses(f[1]) {
			if a.Address != "" && !e.isSystem(m, a.Address) {
				return a.Address
			}
		}
	}
	for _, f := range anyAddress.FindAllString(notice(text), 50) {
		if a := NormalAddress(strings.TrimRight(f, ".")); a != "" && !e.isSystem(m, a) {
			return a
		}
	}
	return ""
}

// isSystem leaves out who sent the notice and to whom it came.
func (e *evidence) isSystem(m *Mail, address string) bool {
	low := strings.ToLower(address)
	if strings.EqualFold(address, m.From.Address) || sureDaemon.MatchString(low) || maybeLocal.MatchString(low) || m.own[low] {
		return true
	}
	for _, a := range m.To {
		if strings.EqualFold(a.Address, address) {
			return true
		}
	}
	return strings.EqualFold(address, m.MessageID)
}

func appendNew(list []string, s string) []string {
	for _, have := range list {
		if strings.EqualFold(have, s) {
			return list
		}
	}
	if s == "" || len(list) >= maxRecipients {
		return list
	}
	return append(list, s)
}

// spokenReasons are the reasons that systems without codes give.
var spokenReasons = []struct {
	status string
	words  []string
}{
	{"5.1.1", []string{"user unknown", "unknown user", "no such user", "not listed in", "unknown recipient", "recipient unknown", "does not exist", "address not found", "destinataire inconnu", "adresse introuvable", "no mailbox here"}},
	{"5.2.2", []string{"mailbox full", "mailbox is full", "quota", "boîte aux lettres est pleine", "boîte de réception est pleine"}},
	{"5.1.2", []string{"host unknown", "unknown host", "domain does not exist", "couldn't find any host", "could not find a gateway", "host not found"}},
	{"5.3.4", []string{"too large", "exceeds"}},
	{"5.7.1", []string{"access denied", "spam", "blocked", "policy", "refused"}},
}

func spokenStatus(said, action string) string {
	class := byte('5')
	if action == "delayed" {
		class = '4'
	}
	if s := enhancedStatus(said); s != "" && (s[0] == class || action == "") {
		return s
	}
	low := strings.ToLower(said)
	for _, reason := range spokenReasons {
		if class == '5' && containsAny(low, reason.words) {
			return reason.status
		}
	}
	if s := enhancedStatus(said); s != "" && s[0] != '2' {
		return s
	}
	if f := smtpCode.FindStringSubmatch(said); f != nil {
		return f[1] + ".0.0"
	}
	return string(class) + ".0.0"
}
