package mime

import (
	"strings"

	"github.com/comptoir-desk/comptoir/internal/pattern"
)

// daemonKind says how surely a mail was written by a mail system.
type daemonKind int

const (
	noDaemon daemonKind = iota
	maybeDaemon
	surelyDaemon
)

var (
	sureDaemon  = pattern.Of(`^(mailer[-_.]?daemon|mail[-_.]?daemon|maildaemon)(@|$)|^mail\.delivery\.system@`)
	maybeLocal  = pattern.Of(`^(p+o+st[-_.]?master|mail[-_.]?admin|mta|mdaemon|mail[-_.]?system|bounces?|sysadmin|amavis|content-filter|virusalert|email-bounce|smtp)[+@.]`)
	maybeName   = pattern.Of(`mail(er)?[- ]?(delivery|daemon)|delivery (sub)?system|mail (system|administrator)|postmaster|system administrator|systemadministrator|administrateur syst|microsoft outlook|content-filter|interscan|mail router`)
	answerStart = pattern.Of(`^(re|r|fw|fwd|tr|aw|wg|rv|i) ?(\[\d+\])? ?:`)
)

func daemonOf(from Address, h header) daemonKind {
	address, name := strings.ToLower(from.Address), strings.ToLower(from.Name)
	raw := strings.ToLower(strings.TrimSpace(h.first("from")))
	switch {
	case sureDaemon.MatchString(address), sureDaemon.MatchString(name), raw == "<>", strings.HasPrefix(strings.Trim(raw, `"<`), "mailer-daemon"):
		return surelyDaemon
	case maybeLocal.MatchString(address), maybeName.MatchString(name), strings.HasSuffix(raw, "<>"):
		return maybeDaemon
	}
	return noDaemon
}

// failedFields are set by mail systems on what they return, never by people.
var failedFields = []string{
	"x-failed-recipients", "x-bounced-address", "x-mailer-daemon-recipients", "x-mailer-daemon-error",
	"x-ms-exchange-message-is-ndr", "x-dsncontext", "x-dsnuseinternalid", "x-bounce-id", "x-ahmailid",
}

// deliveryNotice recognises delivery notices: RFC 3464 reports first, then by
// sender, subject and words those of systems that send none.
func (e *evidence) deliveryNotice(m *Mail) (Class, bool) {
	if len(e.recipients) > 0 {
		return e.byActions(), true
	}
	if t := e.reportType(); t == "delivery-status" || e.hasNotice("message/delivery-status") {
		return e.delayOrBounce(), true
	}
	if t := e.reportType(); t == "disposition-notification" || e.hasNotice("message/disposition-notification") {
		return "", false
	}
	if !e.looksReturned(m) {
		return "", false
	}
	return e.delayOrBounce(), true
}

// byActions: one failed recipient makes a bounce; a notice of success is no
// failure and nobody's question, so it goes with the delays.
func (e *evidence) byActions() Class {
	known := false
	for _, r := range e.recipients {
		switch r.action {
		case "failed":
			return ClassBounce
		case "delayed", "delivered", "relayed", "expanded":
			known = true
		}
	}
	if known {
		return ClassDelay
	}
	for _, r := range e.recipients {
		if strings.HasPrefix(r.status, "5") {
			return ClassBounce
		}
	}
	for _, r := range e.recipients {
		if strings.HasPrefix(r.status, "4") {
			return ClassDelay
		}
	}
	return e.delayOrBounce()
}

// delayOrBounce: the subject says it more surely than the body, which may
// quote both.
func (e *evidence) delayOrBounce() Class {
	switch {
	case delaySubject.MatchString(e.subject):
		return ClassDelay
	case failureSubject.MatchString(e.subject):
		return ClassBounce
	case containsAny(e.body, delayWords) && !containsAny(e.body, finalWords):
		return ClassDelay
	}
	return ClassBounce
}

func (e *evidence) looksReturned(m *Mail) bool {
	for _, name := range failedFields {
		if e.h.has(name) {
			return true
		}
	}
	if snsEvent(e.body, "bounce") || snsEvent(e.body, "deliverydelay") {
		return true
	}
	if e.daemon == surelyDaemon {
		return true
	}
	if answerStart.MatchString(e.subject) { // a person writes about a notice
		return false
	}
	subject := failureSubject.MatchString(e.subject) || delaySubject.MatchString(e.subject)
	if e.daemon != maybeDaemon && !e.nullPath && !subject { // an ordinary mail: its text needs no look
		return e.isQmailBounce()
	}
	words := containsAny(e.body, failureWords) || containsAny(e.body, delayWords)
	switch {
	case e.isQmailBounce():
		return true
	case e.daemon == maybeDaemon:
		return subject || words || (e.nullPath && e.returned != nil)
	case e.returned == nil && parcelWords.MatchString(notice(strings.ToLower(m.Text[:min(len(m.Text), maxPhrases)]))):
		return false // "not delivered" is also what carriers and customers write
	case e.nullPath:
		if vacationSubject.MatchString(e.subject) {
			return false
		}
		return words || (subject && (e.returned != nil || strings.Contains(e.body, "@")))
	}
	coded := enhancedStatus(e.body) != "" || smtpCode.MatchString(e.body) || isNoReply.MatchString(strings.ToLower(m.From.Address))
	return subject && words && (e.returned != nil || (coded && strings.Contains(e.body, "@")))
}

var (
	parcelWords = pattern.Of(`\b(colis|parcel|package|paket|shipment|livreur|transporteur|carrier|commande|order|tracking|suivi|expédition|point relais)\b`)
	isNoReply   = pattern.Of(`^(no|do[-_.]?not|ne[-_.]?pas)[-_.]?(reply|r[ée]pondre)`)
)

// isQmailBounce reads the trace line that qmail and its heirs put on top.
func (e *evidence) isQmailBounce() bool {
	for i, v := range e.h.all("received") {
		if i < 5 && strings.Contains(v, "invoked for bounce") {
			return true
		}
	}
	return false
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

var delaySubject = pattern.Of(`delay(ed)? mail|mail delay|\(delay(ed)?\)|delivery[ -](is )?delayed|delivery delay|delayed (delivery|\d+ hour)|message .{0,60}delayed|` +
	`still being retried|warning: (message|could not send|mail)|temporar(y|ily) (fail|un)|delivery incomplete|notification \(incomplete|delivery.{0,20}retard|` +
	`(remise|livraison|distribution|envoi) (diff[ée]r[ée]e?|retard[ée]e?)|message retard[ée]|^retard[ée] ?:|verz[öo]ger(t|ung)|retras(o|ado)|ritardo|` +
	`delivery status notification ?: ?delay|notificatio.{0,40}: ?delayed`)

// failureSubject are the subjects of some eighty mail systems in the languages
// that French shops meet.
var failureSubject = pattern.Of(`un-?deliver(ed|able)|non[- ]?deliver|un-?delivrable|non[- ](remis|distribu|d[ée]livr|livr[ée])|` +
	`(échec|echec|erreur|problème|probleme).{0,30}(remise|livraison|distribution|envoi|acheminement|d[ée]livrance)|retour(n[ée])? [àa] l.exp[ée]diteur|impossible de (remettre|distribuer|livrer|d[ée]livrer)|notification d.?([ée]tat de|échec)|` +
	`delivery (status )?(notification|report|error|problem|fail|has fail|abort)|deliver.{0,20}fail|fail(ed|ure)?.{0,12}deliver|failure notice|mail failure|failure delivery|` +
	`return(ed|ing) (mail|message|e-?mail|to sender)|mail (system error|could not|delivery|return|not deliver|reject|block)|(message|mail).{0,40}(not |un)(be )?deliver|` +
	`(can ?not|can.t|could ?n.t|could not|unable to|wasn.t able to).{0,12} ?(be )?(deliver|send|sent)|(message|mail).{0,24}(reject|block|refus|bounce)|^\[?bounced?\b|postmaster notify|message status|` +
	`error sending your (mail|message)|unknown (user|recipient|mailbox)|user unknown|nachricht nicht|unzustellbar|nicht zugestellt|zustell|r[üu]ckl[äa]ufer|` +
	`no (se pudo )?entreg|no entregad|devuelto|mancat[oa] (recapito|consegna)|impossibile recapitare|n[ãa]o (foi )?entreg|onbestelbaar|niet afgeleverd|` +
	`配信(不能|でき|に失敗|エラー)|メール(配信|送信|エラー)|エラーメール|送信(エラー|でき)|退信|недостав|не доставлен|возвращ`)

// failureWords are said by mail systems in their notices. Lower case, blanks folded.
var failureWords = []string{
	"could not be delivered", "couldn't be delivered", "cannot be delivered", "can't be delivered", "was not delivered", "not been delivered", "were not delivered",
	"wasn't delivered", "was undeliverable", "is undeliverable", "undeliverable to", "unable to deliver", "wasn't able to deliver", "was unable to deliver", "were unable to deliver",
	"could not deliver", "failed to deliver", "delivery to the following", "delevery to the following", "delivery has failed", "delivery failed",
	"did not reach", "permanent error", "permanent fatal error", "permanent failure", "fatal errors", "had delivery errors", "delivery error",
	"returned to sender", "returned message", "this is the mail delivery", "this is the mailer-daemon", "mail delivery agent", "mail system at host",
	"created automatically by mail delivery software", "automatically generated delivery status notification", "delivery status notification",
	"error transferring", "transcript of session follows", "unsent message follows", "user unknown", "unknown user", "no such user", "recipient unknown", "unknown recipient",
	"mailbox unavailable", "mailbox is full", "mailbox full", "mailbox not found", "quota exceeded", "over quota", "address rejected", "host unknown",
	"not listed in", "message could not be", "mail could not be", "e-mail could not be", "was rejected by", "has been rejected", "was blocked", "rejected your message",
	"undelivered mail", "unable to be delivered", "failed recipient", "trouble delivering", "error while trying to deliver", "error has occurred while attempting to deliver",
	"the group you tried to contact", "failure reason", "failed addresses", "failed address", "below this line is a copy of the message", "giving up on", "message exceeds",
	"smtp error from remote", "remote host said", "error occurred while trying to deliver", "could not be sent",
	"n'a pas pu être remis", "n’a pas pu être remis", "n'a pas pu être délivré", "n’a pas pu être délivré", "n'a pas pu être distribué", "n’a pas pu être distribué", "n'a pas pu être envoyé",
	"n'a pas été remis", "n’a pas été remis", "n'a pas été distribué", "impossible de remettre", "impossible de distribuer", "impossible de livrer", "échec de la remise", "la remise a échoué",
	"n'est pas parvenu", "adresse introuvable", "address not found", "destinataire inconnu", "boîte aux lettres est pleine", "boîte de réception est pleine", "ne peut être remis",
	"konnte nicht zugestellt", "nicht zugestellt", "unzustellbar", "fehler bei der übermittlung", "no se pudo entregar", "no ha podido ser entregado", "no se ha podido entregar",
	"non è stato possibile recapitare", "impossibile recapitare", "non è stato recapitato", "não pôde ser entregue", "kon niet worden", "niet worden bezorgd",
	"配信できません", "送信できません", "配信不能", "お届けできません", "無法投遞", "无法送达", "无法投递", "退回", "не может быть доставлено", "не доставлено", "недоставлен",
}

// delayWords say that the system goes on trying.
var delayWords = []string{
	"has not yet been delivered", "not yet been delivered", "has been delayed", "have been delayed", "is delayed", "was delayed", "delivery is delayed", "delayed for more than",
	"this is a warning message only", "warning message only", "do not need to resend", "not need to resend", "will be retried", "will retry", "will keep trying", "still being retried", "still trying",
	"will continue to be attempted", "delivery attempts will continue", "delivery will continue", "retry for", "will try to deliver", "could not send message for past", "temporary problem delivering", "delivery incomplete",
	"temporarily deferred", "message is delayed", "delays in delivering", "transient non-fatal", "next attempt",
	"pas encore été remis", "pas encore été délivré", "pas encore été distribué", "a été retardé", "est retardée", "est différée", "nouvelles tentatives", "continuera d'essayer", "continuera à essayer", "remise retardée",
	"noch nicht zugestellt", "wird verzögert", "verzögert", "se ha retrasado", "è in ritardo",
}

// finalWords say that it gave up, whatever was tried before.
var finalWords = []string{
	"giving up", "gave up", "given up", "permanent error", "permanent failure", "permanent fatal", "no further attempt", "will not be retried", "retry timeout exceeded", "failed permanently",
	"has failed", "retry time not reached for any host after a long failure", "could not be delivered for", "undeliverable", "was aborted", "échec définitif", "abandon",
}
