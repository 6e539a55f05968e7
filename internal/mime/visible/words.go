package visible

import (
	"regexp"
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/pattern"
)

// The words that mail programs write around a quote, by language. French and
// English come first since most of our mail is in them; the others follow what
// the same programs write in their translations.

// wroteWords are the verbs of "On … wrote:".
const wroteWords = `a [ée]crit|wrote|writes|sent|` + // French, English
	`schrieb|geschrieben|` + // German
	`ha scritto|escribi[óo]|ha escrito|va escriure|escreveu|a scris|` + // Italian, Spanish, Catalan, Portuguese, Romanian
	`schreef|` + // Dutch
	`skrev|kirjoitti|skrifaði|` + // Nordic
	`napisał\(a\)|napisała|napisał|pisze|napsal\(a\)|napsala|napsal|napísal\(a\)|napísala|napísal|` + // Polish, Czech, Slovak
	`írta|ezt írta|yazdı|şunu yazdı|kirjutas|rašė|rakstīja|` + // Hungarian, Turkish, Estonian, Lithuanian, Latvian
	`je napisao|je napisala|napisao je|napisala je|je napisal|` + // Croatian, Serbian, Slovene
	`написал\(а\)|написала|написал|пишет|написав|написа|έγραψε|` + // Russian, Ukrainian, Bulgarian, Greek
	`đã viết|menulis|写道|寫道|כתב|كتب`

// personWrote are the same verbs in a sentence that a person types: "Marc m'a
// écrit", "as you wrote". Programs never write a pronoun there.
var personWrote = pattern.Of(`(?i)(?:['’]a|(?:^|\s)(?:nous|vous|lui|leur|te|me|qui|on|il|elle) a) [ée]crit|(?:^|\s)(?:you|he|she|they|i|we|who|it|has|had|have) (?:wrote|sent|writes)|mi ha scritto|me escribi|mir geschrieben|mir schrieb|uns geschrieben`)

var (
	wroteAnywhere = pattern.Of(`(?i)(?:^|[\s>,;"»)\]])(?:` + wroteWords + `)(?:[\s:：]|$)`)
	wroteAtEnd    = pattern.Of(`(?i)(?:^|[\s>,;"»)\]])(?:` + wroteWords + `)[\s]*(?:[:：]?[\s>*_-]*)$`)
	wroteColon    = pattern.Of(`(?i)[\s>](?:a [ée]crit|wrote|schrieb|ha scritto|escribió|schreef|escreveu|skrev) {0,2}:`)
)

const openWords = `on|le|am|il|el|op|em|den|på|w dniu|dnia|dne|dňa|in data|în|vào|lúc|data`

var (
	opens = pattern.Of(`(?i)^[\s*"'«(_=-]*(?:` + openWords + `)\s`)
	// A weekday may stand before the day, and a month before its number.
	opensWithDay = pattern.Of(`^[\s*"'«(_-]*(?:\p{L}{2,12}[.,]+\s*(?:\p{L}{3,10}\.?\s+)?|\p{L}{2,12}\s+)?\d`)
	opensMid     = pattern.Of(`(?i)(?:-{2,}\s*|\s)((?:on|le|am|il|el|op|em|den|på|w dniu)\s+(?:\p{L}{2,12}\.?,?\s+)?(?:den\s+)?(?:\p{L}{3,10}\.?\s+)?\d)`)
)

var (
	hasEmail = pattern.Of(`[^\s@<>]@[^\s@<>]`)
	hasTime  = pattern.Of(`\d{1,2} ?(?:[:.]|h) ?\d{2}|\d{1,2} ?[AaPp]\.?[Mm]`)
	hasDate  = pattern.Of(`(?i)\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|(?:^|\D)(?:19|20)\d{2}(?:\D|$)|\d{1,2}[-./]?\s?(?:` + months + `)|(?:` + months + `)\p{L}*\.?,?\s\d{1,2}`)
)

// months are the beginnings of month names in the languages above that use
// Latin letters; three letters tell enough beside a number.
const months = `jan|janv|f[ée]v|feb|mar|mär|avr|apr|abr|ma[ijyg]|ju[inl]|giu|lug|gen|ao[uû]|aug|ago|sep|set|o[ckt]t|out|nov|d[ée][ck]|dez|dic|sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru`

// role is what a line of a quoted header tells.
type role int

const (
	roleFrom role = 1 << iota
	roleDate
	roleTo
	roleCopy
	roleSubject
	roleOther
)

// headerWords are the field names of the header block that Outlook and most
// webmails put above the quoted mail.
var headerWords = map[role]string{
	roleFrom:    `from|de|exp[ée]diteur|von|da|mittente|remitente|van|från|fra|frá|od|nadawca|odesílatel|lähettäjä|feladó|kimden|de la|от|от кого|від|από`,
	roleDate:    `sent|date|sent on|date sent|envoy[ée] le|envoy[ée]|message du|gesendet am|gesendet|datum|inviato il|inviato|data|data invio|enviado el|enviado em|enviada em|enviado|fecha de envío|fecha|verzonden op|verzonden|skickat|sendt|dato|sent den|wysłano|wysłane|data wysłania|odesláno|odoslané|lähetetty|päivämäärä|päiväys|elküldve|dátum|gönderme tarihi|gönderildi|tarih|trimis|отправлено|дата|надіслано|ημερομηνία|στάλθηκε`,
	roleTo:      `to|à|a|pour|destinataires?|an|para|aan|till|til|do|komu|pre|vastaanottaja|címzett|kime|către|кому|προς`,
	roleCopy:    `cc|bcc|cci|ccn|copie à|copie|copy|kopie|kopia|kopi|copia|kopio|dw|копия|κοιν`,
	roleSubject: `subject|objet|sujet|betreff|oggetto|asunto|assunto|onderwerp|ämne|emne|efni|temat|předmět|predmet|aihe|tárgy|konu|subiect|тема|θέμα`,
	roleOther:   `reply-to|répondre à|antwort an|rispondi a|responder a|importance|priority|wichtigkeit|attachments?|pièces? jointes?|anlagen`,
}

// formWords are fields of a shop's contact form. Its mails look like a header
// block, and their body is the customer's own words.
var formWords = pattern.Of(`(?i)^[\s*_-]*(?:nom|pr[ée]nom|name|first name|last name|votre nom|your name|t[ée]l[ée]phone|tel|phone|message|votre message|your message|corps du message|message body|commentaires?|comments?|demande|nachricht|telefon|messaggio|mensaje|n° de commande|num[ée]ro de commande|order number)\s*:`)

var headerRoles = func() map[string]role {
	roles := make(map[string]role)
	for r, words := range headerWords {
		for _, w := range expandWords(words) {
			roles[w] = r
		}
	}
	return roles
}()

// expandWords lists the spellings of an alternation with [ée] and s? in it.
func expandWords(alternation string) []string {
	words := strings.Split(alternation, "|")
	for i := 0; i < len(words); i++ {
		if w := words[i]; strings.Contains(w, "[ée]") {
			words[i] = strings.Replace(w, "[ée]", "é", 1)
			words = append(words, strings.Replace(w, "[ée]", "e", 1))
			i--
		} else if at := strings.Index(w, "s?"); at >= 0 {
			words[i] = w[:at] + "s" + w[at+2:]
			words = append(words, w[:at]+w[at+2:])
			i--
		}
	}
	return words
}

// longestHeaderWord is in bytes; other case may take more of them, hence twice.
var longestHeaderWord = func() int {
	longest := 0
	for w := range headerRoles {
		longest = max(longest, 2*len(w))
	}
	return longest
}()

// headerAlternation has the longest words first, so that "envoyé le" is not
// read as "envoyé".
var headerAlternation = func() string {
	words := make([]string, 0, len(headerRoles))
	for w := range headerRoles {
		words = append(words, regexp.QuoteMeta(w))
	}
	slices.SortFunc(words, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return strings.Join(words, "|")
}()

var (
	fieldAtStart = pattern.Of(`(?i)^[\s>*_|]*(` + headerAlternation + `)[\s*_]*[:：][*_]*`)
	messageOf    = pattern.Of(`(?i)^[\s>*]*(?:message du|nachricht vom|messaggio del|mensaje del)\s+\d`)
	fieldInside  = pattern.Of(`(?i)(?:^|[\s>*_|-])(` + headerAlternation + `)\s{0,2}\*{0,2}\s?:`)
)

const (
	originalWords = `original (?:message|email|e-mail|appointment)|reply message|message d['’]origine|message d['’]origine|(?:e-?)?mail (?:original|d['’]origine)|courriel (?:original|d['’]origine)|message (?:original|initial|pr[ée]c[ée]dent)|r[ée]ponse|` +
		`ursprüngliche (?:nachricht|e-mail)|originalnachricht|original-nachricht|antwort nachricht|messaggio originale|mensaje original|missatge original|mensagem original|mesaj original|` +
		`oorspronkelijk bericht|origineel bericht|ursprungligt meddelande|originalmeddelande|opprinnelig melding|original melding|oprindelig (?:meddelelse|besked)|alkuperäinen viesti|` +
		`wiadomość oryginalna|oryginalna wiadomość|původní zpráva|pôvodná správa|eredeti üzenet|izvorna poruka|özgün ileti|orijinal mesaj|исходное сообщение|оригинальное сообщение|αρχικό μήνυμα`
	forwardWords = `forwarded (?:message|email|e-mail)|begin forwarded message|message (?:transf[ée]r[ée]|r[ée]exp[ée]di[ée])|(?:e-?)?mail transf[ée]r[ée]|courriel transf[ée]r[ée]|d[ée]but du message (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée])|` +
		`weitergeleitete nachricht|anfang der weitergeleiteten (?:nachricht|e-mail)|messaggio inoltrato|inizio messaggio inoltrato|mensaje reenviado|inicio del mensaje reenviado|mensagem (?:encaminhada|reencaminhada)|início da mensagem reencaminhada|` +
		`doorgestuurd bericht|begin doorgestuurd bericht|vidarebefordrat (?:meddelande|mejl)|vidarebefordrat brev|videresendt (?:melding|besked|meddelelse|e-post)|start på videresendt (?:besked|melding)|välitetty viesti|edelleenlähetetty viesti|` +
		`(?:wiadomość przekazana|przekazana wiadomość|przesłana dalej wiadomość)|přeposlaná zpráva|továbbított üzenet|yönlendirilen ileti|пересылаемое сообщение|переадресованное сообщение|προωθημένο μήνυμα`
)

var (
	originalLine = pattern.Of(`(?i)^(?:[-_=*~]{2,}\s*(?:` + originalWords + `)\s*(?::\s*)?[-_=*~]*|(?:` + originalWords + `)\s*[-_=*~]{3,})\s*$`)
	forwardLine  = pattern.Of(`(?i)^[-_=*~\s]{2,}(?:` + forwardWords + `)\s*:?\s*[-_=*~]*\s*$|^(?:d[ée]but du message (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée])|begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)|inizio (?:del )?messaggio inoltrato|inicio del mensaje reenviado|início da mensagem reencaminhada|begin doorgestuurd bericht|start på videresendt (?:besked|melding)|vidarebefordrat mejl)\s*:?\s*$`)
	ticketLine   = pattern.Of(`(?i)^(?:[#=*-]{2,}|\[)\s*-*\s*(?:merci de |please |bitte |veuillez )?(?:r[ée]pon\p{L}+|[ée]cri\p{L}+|type your reply|reply|write|enter your reply|antwort\p{L}*|schreib\p{L}*|rispond\p{L}*|respond\p{L}*|typ)\b.{0,40}(?:above|au-dessus|ci-dessus|oberhalb|über|sopra|encima|boven)\b.{0,40}$`)
	decoration   = pattern.Of(`^(?:[-_=*~#.·—–]\s?){3,}$|^[-_=*~]{3,}[^-_=*~]{3,50}[-_=*~]{3,}$`)
	listFooter   = pattern.Of(`(?i)mailing list|mailman|listinfo|unsubscribe|liste de diffusion|d[ée]sabonn|d[ée]sinscri`)
)

// Phone and app lines. The second half must name a device or a program:
// "Envoyé de Lyon par Colissimo" is a customer's sentence.
var (
	sentFrom = pattern.Of(`(?i)(?:(?:sent|envoy[ée]e?|exp[ée]di[ée]e?|[ée]crit|gesendet|verschickt|inviat[oa](?: da)?|enviad[oa](?: desde)?|verzonden|verstuurd|skickat|sendt|lähetetty|wysłan[eo]|odesláno|отправлено|gönderildi)\s+(?:(?:from|with|via|using|by|de|du|depuis|[àa] partir (?:de|d['’]|du)|avec|par|von|mit|aus|da|dal|do|desde|con|com|vanaf|met|från|fra|z|ze|с|из)\s+|d['’]|l['’]).{0,70}` +
		`|via mobile|get \p{L}+ for .{2,40}|(?:t[ée]l[ée]charger|t[ée]l[ée]chargez|obtenir|obtenez) \p{L}+(?: mail)? (?:pour|sur|for) .{2,40}|outlook (?:für|per|para|voor) .{2,20}|provenance ?: courrier pour windows.{0,20}|yahoo mail ?: recherchez, organisez.{0,60})$`)
	device  = pattern.Of(`(?i)iphone|ipad|ipod|apple|android|samsung|galaxy|huawei|xiaomi|redmi|pixel|oneplus|oppo|honor|wiko|nokia|blackberry|motorola|sony|windows|phone|handy|portable|mobile|mobiel|mobil|t[ée]l[ée]fon|tablet|smartphone|outlook|yahoo|orange|\bsfr\b|\bfree\b|laposte|la poste|bouygues|bbox|proton|spark|bluemail|typeapp|airmail|acompli|sparrow|thunderbird|gmail|gmx|aol|fastmail|mailo|edison|courrier|\bmail\b|\be-?mail\b|\bapp\b|\bappli|ordinateur|\bpc\b|\bmac\b|macbook|^via mobile$`)
	urlTail = pattern.Of(`\s*[<(\[]https?://\S*[>)\]]$`)
)

// answersInside are the sentences by which a customer says that the answers
// stand within the old text. Then nothing may be folded: in a mail without ">"
// their words look like the quote.
var answersInside = pattern.Of(`(?i)(?:r[ée]pon(?:ses?|d\p{L}*)|commentaires?|remarques|pr[ée]cisions|answers?|answered|comments?|commented|replies|replied|responses?|antwort\p{L}*|anmerkung\p{L}*|risposte|respuestas|antwoorden)\b.{0,60}?(?:ci-dessous|ci-dessus|plus bas|en dessous|dans (?:le|votre|ton|vos|tes) (?:corps|texte|message|mail|e-mail|courriel|questions)|en (?:rouge|bleu|vert|gras|couleur|majuscules|italique|orange|violet)|inline|in-line|in line|below|beneath|in (?:red|blue|green|bold|caps|capitals|colou?r|italics|the text)|unten|in (?:rot|blau|grün|fett)|im text|qui sotto|in rosso|abajo|en rojo|hieronder|in het rood)`)

// forwardsBelow are the sentences above a mail that Outlook forwards: it
// writes the same header for a forward as for a reply.
var forwardsBelow = pattern.Of(`(?i)je (?:vous |te )?(?:transf[èe]re|retransf[èe]re|transmets|fais suivre|mets en copie)|(?:mails?|e-mails?|courriels?|messages?|r[ée]ponses?|[ée]changes?|confirmation) (?:re[çc]u\p{L}* |de .{1,30} )?ci-dessous|(?:voir|voyez|voici|cf\.?|lire|ci-joint) (?:\p{L}+ ){0,2}ci-dessous|pour info(?:rmation)?\b|\bfyi\b|see (?:the |my |their |your )?(?:\p{L}+ ){0,2}below|forwarding (?:you |this|the)|(?:email|message|mail) below|leite .{1,30} weiter|weitergeleitet|inoltro|reenv[íi]o`)
