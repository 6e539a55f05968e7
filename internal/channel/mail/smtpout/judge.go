package smtpout

import (
	"context"
	"errors"
	"regexp"
	"strings"
)

// verdict is an outcome before it is given to a recipient.
type verdict struct {
	outcome  Outcome
	code     int
	enhanced string
	text     string
	problem  Sentence
}

func (v verdict) fill(r *RecipientResult) {
	r.Outcome, r.Code, r.Enhanced, r.Text, r.ConfigProblem = v.outcome, v.code, v.enhanced, v.text, v.problem
}

// refused is our own Hard, with the code that a server would have given (RFC 3463).
func refused(enhanced, text string) verdict {
	return verdict{outcome: Hard, enhanced: enhanced, text: text}
}

func accepted(r reply) verdict { return said(Accepted, r) }

// said is an outcome in the server's words.
func said(o Outcome, r reply) verdict {
	enhanced, text := splitEnhanced(r)
	return verdict{outcome: o, code: r.code, enhanced: enhanced, text: text}
}

// judge decides on a step that failed. The rule: Hard is for what is wrong with
// the recipient or with these bytes. Whatever is wrong with us, our password,
// our sender or our server is Soft, with a sentence; so is 4xx and silence.
func judge(s Server, f *failure) verdict {
	if errors.Is(f.cause, context.Canceled) { // we are being stopped: nobody's fault
		return verdict{outcome: Soft, text: oneLine(f.Error())}
	}
	if f.reply.code == 0 {
		return verdict{outcome: Soft, text: oneLine(f.Error()), problem: advise(s, f)}
	}
	v := said(Soft, f.reply)
	switch {
	case f.reply.code == 421, f.at == atDNS, f.at == atConnect, f.at == atGreeting, f.at == atTLS, f.at == atAuth:
		v.problem = advise(s, f)
	case f.reply.code < 500:
	case f.at == atMail && tooBig(v):
		v.outcome = Hard
	case f.at == atMail, ourFault(v):
		v.problem = advise(s, f)
	default:
		v.outcome = Hard
	}
	return v
}

// tooBig: RFC 1870, 6.1 answers MAIL with 552; without an enhanced code it can
// mean nothing else at this step.
func tooBig(v verdict) bool {
	return v.enhanced == "5.3.4" || v.enhanced == "5.2.3" || v.code == 552 && v.enhanced == ""
}

// faults are the words by which common servers tell, at RCPT or after the dot,
// that the sender is wrong and not the recipient. Postfix keeps its verdicts on
// client, HELO and sender back until RCPT (smtpd_delay_reject); Exchange says
// after the dot that the account may not send as this address; Gmail tells the
// daily limit there.
var faults = []string{
	"relay", "authentication required", "not authenticated", "sendasdenied", "permissions to send as",
	"sender address rejected", "not owned by user", "client host rejected", "helo command rejected", "sending limit",
}

// ourFault tells a 5xx that is about us.
func ourFault(v verdict) bool {
	switch v.code {
	case 503, 530, 534, 535, 538: // sequence, and RFC 4954: sign in first, or otherwise
		return true
	}
	switch v.enhanced {
	case "5.1.7", "5.1.8", "5.4.5", "5.7.8", "5.7.9", "5.7.57", "5.7.60":
		return true
	}
	text := strings.ToLower(v.text)
	if strings.HasPrefix(v.enhanced, "5.1.") || strings.Contains(text, "user unknown") {
		return false // "User unknown in relay recipient table"
	}
	for _, words := range faults {
		if strings.Contains(text, words) {
			return true
		}
	}
	return false
}

var enhancedCode = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}$`)

// splitEnhanced takes the enhanced code off each line (RFC 2034, 4).
func splitEnhanced(r reply) (enhanced, text string) {
	var words []string
	for i, line := range r.lines {
		first, rest, _ := strings.Cut(line, " ")
		if i == 0 && enhancedCode.MatchString(first) {
			enhanced = first
		}
		if enhanced != "" && first == enhanced {
			line = rest
		}
		words = append(words, line)
	}
	return enhanced, oneLine(strings.Join(words, " "))
}

const maxText = 500 // bytes of a server's words that are kept

// oneLine makes others' words fit to store and show.
func oneLine(s string) string {
	s = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "\uFFFD"), func(r rune) bool { return r <= ' ' || r >= 0x7f && r < 0xa0 }), " ")
	if len(s) > maxText {
		s = strings.ToValidUTF8(s[:maxText], "")
	}
	return s
}
