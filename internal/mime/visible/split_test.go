package visible_test

import (
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/mime/visible"
)

// TestIntroductions: what programs write above a quote, in the languages of
// our customers' neighbours. "Merci." stays, the rest is folded.
func TestIntroductions(t *testing.T) {
	t.Parallel()
	quoted := "\n\n> Ihre Bestellung 20418\n> ist unterwegs.\n"
	plain := "\n\nVotre commande 20418 est en route.\n"
	tests := map[string]string{
		"english gmail":           "On Thu, Nov 12, 2026 at 2:05 PM Maison Lila <hello@maison-lila.example> wrote:" + quoted,
		"english, four lines":     "On Thursday, 12 November 2026 at 14:05, Maison Lila Customer Service\nand Repairs <\nhello@maison-lila.example>\nwrote:" + quoted,
		"english, address apart":  "On Thu, Nov 12, 2026 at 2:05 PM Maison Lila\n\n<\nmailto:hello@maison-lila.example\n> wrote:\nYour order is on its way.",
		"english, sent":           "On 12-Nov-2026, at 2:05 PM, Maison Lila <hello@maison-lila.example> sent:" + quoted,
		"english, no quote marks": "On 12/11/2026 14:05, Maison Lila wrote:" + plain,
		"english outlook":         "From: Maison Lila <hello@maison-lila.example>\nSent: Thursday, November 12, 2026 2:05 PM\nTo: Paul Delmas\nSubject: RE: Order" + plain,
		"english, date and to":    "Date: Thu, 12 Nov 2026 14:05:00 +0100\nTo: paul.delmas@exemple.example" + plain,
		"english, bold":           "  *From:* Maison Lila [mailto:\n  hello@maison-lila.example]\n  *Sent:* Thursday, November 12, 2026 2:05 PM\n  *To:* Paul\n  *Subject:* Order" + plain,
		"english original":        " -----Original Message-----" + plain,
		"samsung":                 "Sent from Samsung Mobile Lila <hello@maison-lila.example> wrote:" + quoted,
		"german gmail":            "Am Do., 12. Nov. 2026 um 14:05 Uhr schrieb Maison Lila <\nhallo@maison-lila.example>:" + quoted,
		"german thunderbird":      "Am 12.11.2026 um 14:05 schrieb Maison Lila:" + quoted,
		"german outlook":          "Von: Maison Lila <hallo@maison-lila.example>\nGesendet: Donnerstag, 12. November 2026 14:05\nAn: Jonas Weber\nBetreff: AW: Bestellung" + plain,
		"german original":         "-----Ursprüngliche Nachricht-----" + plain,
		"german gmx":              "Gesendet: Donnerstag, 12. November 2026 um 14:05 Uhr\nVon: \"Maison Lila\" <hallo@maison-lila.example>\nAn: jonas.weber@exemple.example\nBetreff: Bestellung" + plain,
		"italian":                 "Il giorno gio 12 nov 2026 alle ore 14:05 Maison Lila <\nciao@maison-lila.example> ha scritto:" + quoted,
		"italian outlook":         "Da: Maison Lila <ciao@maison-lila.example>\nInviato: giovedì 12 novembre 2026 14:05\nA: Chiara Rossi\nOggetto: Ordine" + plain,
		"spanish":                 "El jue, 12 nov 2026 a las 14:05, Maison Lila (<hola@maison-lila.example>)\nescribió:" + quoted,
		"spanish outlook":         "De: Maison Lila <hola@maison-lila.example>\nEnviado el: jueves, 12 de noviembre de 2026 14:05\nPara: Lucía Gómez\nAsunto: RE: Pedido" + plain,
		"portuguese":              "Em qui., 12 de nov. de 2026 às 14:05, Maison Lila <ola@maison-lila.example>\nescreveu:" + quoted,
		"portuguese outlook":      "De: Maison Lila <ola@maison-lila.example>\nEnviada em: quinta-feira, 12 de novembro de 2026 14:05\nPara: Rui Costa\nAssunto: Encomenda" + plain,
		"dutch":                   "Op do 12 nov. 2026 om 14:05 schreef Maison Lila <hallo@maison-lila.example>:" + quoted,
		"dutch apple":             "Op 12 nov. 2026, om 14:05 heeft Maison Lila <hallo@maison-lila.example> het volgende geschreven:" + plain,
		"dutch outlook":           "Van: Maison Lila <hallo@maison-lila.example>\nVerzonden: donderdag 12 november 2026 14:05\nAan: Sanne de Vries\nOnderwerp: Bestelling" + plain,
		"swedish":                 "Den tors 12 nov. 2026 kl 14:05 skrev Maison Lila <hej@maison-lila.example>:" + quoted,
		"swedish outlook":         "Från: Maison Lila [mailto:hej@maison-lila.example]\nSkickat: den 12 november 2026 14:05\nTill: Anna Berg\nÄmne: Order" + plain,
		"danish":                  "Den tor. 12. nov. 2026 kl. 14.05 skrev Maison Lila <hej@maison-lila.example>:" + quoted,
		"danish outlook":          "Fra: hej@maison-lila.example\nSendt: 12. november 2026 14:05\nTil: Mette\nEmne: Ordre" + plain,
		"norwegian":               "tor. 12. nov. 2026 kl. 14:05 skrev Maison Lila <hei@maison-lila.example\n>:" + quoted,
		"finnish":                 "to 12. marrask. 2026 klo 14.05 Maison Lila (hei@maison-lila.example) kirjoitti:" + quoted,
		"polish":                  "czw., 12 lis 2026 o 14:05 Maison Lila <witaj@maison-lila.example> napisał(a):" + quoted,
		"polish wp":               "Dnia 12 listopada 2026 14:05 Maison Lila <witaj@maison-lila.example> napisał(a):" + plain,
		"polish outlook":          "Od: Maison Lila <witaj@maison-lila.example>\nWysłano: czwartek, 12 listopada 2026 14:05\nDo: Zofia Nowak\nTemat: Zamówienie" + plain,
		"czech":                   "čt 12. 11. 2026 v 14:05 odesílatel Maison Lila <ahoj@maison-lila.example>\nnapsal:" + quoted,
		"hungarian":               "Maison Lila <szia@maison-lila.example> ezt írta (időpont: 2026. nov. 12., Cs, 14:05):" + quoted,
		"romanian":                "În joi, 12 nov. 2026 la 14:05, Maison Lila <salut@maison-lila.example> a scris:" + quoted,
		"turkish":                 "Maison Lila <merhaba@maison-lila.example>, 12 Kas 2026 Per, 14:05 tarihinde şunu yazdı:" + quoted,
		"russian":                 "чт, 12 нояб. 2026 г. в 14:05, Maison Lila <privet@maison-lila.example>:" + quoted,
		"russian mail.ru":         "Четверг, 12 ноября 2026, 14:05 +03:00 от Maison Lila <privet@maison-lila.example>:" + plain,
		"vietnamese":              "Vào 14:05 12 tháng 11, 2026, Maison Lila <xinchao@maison-lila.example> đã viết:" + quoted,
		"date, address, colon":    "2026-11-12 14:05 GMT+01:00 Maison Lila <\nhello@maison-lila.example>:" + quoted,
		"date, name, address":     "12.11.2026, 14:05, \"Maison Lila\" <hello@maison-lila.example>:" + plain,
		"reply above":             "--- Please reply above this line ---" + plain,
		"no blank line above":     "On Nov 12, 2026, at 2:05 PM, Maison Lila <hello@maison-lila.example> wrote:" + quoted,
	}
	for name, below := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			gap := "\n\n"
			if name == "no blank line above" {
				gap = "\n"
			}
			got := visible.Split(visible.Input{Text: "Merci." + gap + below})
			if got.Text != "Merci." {
				t.Errorf("visible %q, folded %q", got.Text, got.Quote)
			}
		})
	}
}

// TestNothingIsHidden: mails that look a little like a quote and are the
// customer's own words.
func TestNothingIsHidden(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"on, without a date":     "On the whole I like the ring.\n\nOn Monday I wrote:\nplease call me.\n",
		"dates in the text":      "Delivered 12/11/2026 at 14:05.\n12.11.2026 14:05\n2026-11-12 14:05:00 the driver came:\nnobody was there.\n",
		"you wrote":              "On 12/11/2026 at 14:05 you wrote:\nthe parcel leaves today.\nIt did not.\n",
		"from in a sentence":     "The parcel comes from: Paris and goes to: Lyon.\nFrom: my point of view it is late.\n",
		"dashes as bullets":      "I need:\n-- the invoice\n-- a new box\n\nThanks!\n",
		"signature":              "Thank you!\n-- \nInès Belkacem\n",
		"lone angle":             "1 > 2 is false\n> really\n",
		"arrow decoration":       "Our shop:\n>>> https://maison-lila.example <<<\nis down.\n",
		"answer between quotes":  "> When?\nTomorrow.\n> Where?\nAt the shop.\n",
		"underscores":            "First\n________________________________\nSecond\n",
		"empty":                  "",
		"blank":                  " \n\n",
		"shop wrote, then words": "Votre service a écrit :\n> livré en 48 h\nCela fait huit jours.\n",
		"outlook forward":        "Bonjour, je vous transfère leur réponse.\n\nDe : Colissimo <suivi@colissimo.example>\nEnvoyé : lundi 9 novembre 2026 10:31\nÀ : Paul Delmas\nObjet : Votre colis\n\nColis perdu.\n",
		"answers below":          "See my answers below in blue.\n\nFrom: Maison Lila <hello@maison-lila.example>\nSent: Thursday, November 12, 2026 2:05 PM\nTo: Paul\nSubject: Order\n\nSize? 52\n",
	}
	for name, mail := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := visible.Split(visible.Input{Text: mail}); got.Quote != "" {
				t.Errorf("folded %q", got.Quote)
			}
		})
	}
}

func TestTextBelowAQuoteStays(t *testing.T) {
	t.Parallel()
	got := visible.Split(visible.Input{Text: "Bonjour,\n\nLe 12/11/2026 à 14:05, Marc <marc@maison-lila.example> a écrit :\n> Quelle taille ?\n\nLa 52.\n\nCamille"})
	if want := "Bonjour,\n\nLa 52.\n\nCamille"; got.Text != want {
		t.Errorf("visible %q, want %q", got.Text, want)
	}
}

func TestWrappedQuoteIsOneQuote(t *testing.T) {
	t.Parallel()
	mail := "Merci !\n\nLe 12/11/2026 à 14:05, Marc <marc@maison-lila.example> a écrit :\n" +
		"> Votre commande 20418 est partie ce matin de notre atelier de Strasbourg et\narrivera demain.\n> Suivi : https://suivi.example/c/\n_nonce=20418\n>\n> Marc\n"
	if got := visible.Split(visible.Input{Text: mail}); got.Text != "Merci !" {
		t.Errorf("visible %q", got.Text)
	}
}

// TestBothParts: the text part gives Text, the HTML part gives HTML.
func TestBothParts(t *testing.T) {
	t.Parallel()
	got := visible.Split(visible.Input{
		Text: "Merci !\n\nLe 12/11/2026 à 14:05, Marc a écrit :\n> Bonjour\n",
		HTML: `<p>Merci&nbsp;!</p><blockquote type="cite"><p>Bonjour</p></blockquote>`,
	})
	if got.Text != "Merci !" || got.HTML != "<p>Merci\u00a0!</p>" && got.HTML != "<p>Merci&nbsp;!</p>" {
		t.Errorf("text %q, html %q", got.Text, got.HTML)
	}
	if !strings.Contains(got.Quote, "Bonjour") {
		t.Errorf("quote %q", got.Quote)
	}
}

func TestHTML(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ mail, want string }{
		"splitter outside the blockquote": {`Merci<div>Le 12/11/2026 à 14:05, Marc &lt;marc@maison-lila.example&gt; a écrit :</div><blockquote><div>Bonjour</div></blockquote>`, "Merci"},
		"own quotation before the quote":  {`Vous disiez<blockquote>livré demain</blockquote><div>Le 12/11/2026 à 14:05, Marc &lt;marc@maison-lila.example&gt; a écrit :</div><blockquote>Bonjour</blockquote>`, "Vous disiez<blockquote>livré demain</blockquote>"},
		"unknown language, blockquote":    {`<p>Merci</p>Thu, 12 Nov 2026 14:05:51 +0400 от Marc &lt;marc@maison-lila.example&gt;:<br><blockquote style="border-left:1px solid #0857A6">Bonjour</blockquote>`, "<p>Merci</p>"},
		"rule shared with the header":     {`<div>Merci<br><br><hr>Date: Thu, 12 Nov 2026 14:05:00 +0100<br>To: camille@exemple.example<br>From: marc@maison-lila.example<br>Subject: Bague<br><br></div>`, "<div>Merci<br/><br/></div>"},
		"outlook for mac":                 {`<div>Merci</div><span id="OLK_SRC_BODY_SECTION"><div><b>De :</b> Marc</div><div>Bonjour</div></span>`, "<div>Merci</div>"},
		"windows mail":                    {`<div>Merci</div><div style="padding-top: 5px; border-top-color: rgb(229, 229, 229); border-top-width: 1px; border-top-style: solid;"><div><b>From:</b>&nbsp;<a href="mailto:marc@maison-lila.example">Marc</a><br><b>Sent:</b>&nbsp;Thursday, November 12, 2026 2:05 PM<br><b>To:</b>&nbsp;Camille</div></div><div>Bonjour</div>`, "<div>Merci</div>"},
		"forward with words":              {`<div>Regardez :</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>De : Colissimo</div>Colis perdu</div>`, `<div>Regardez :</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br/>De : Colissimo</div>Colis perdu</div>`},
		"picture below the words":         {`<p>La voici :</p><img src="cid:photo"><blockquote type="cite">Une photo ?</blockquote>`, `<p>La voici :</p><img src="cid:photo"/>`},
		"picture alone":                   {`<img src="cid:photo" width="400"><blockquote type="cite">Une photo ?</blockquote>`, `<img src="cid:photo" width="400"/>`},
		"newsletter in a table":           {`<table><tr><td>Bague</td><td>49,90 €</td></tr></table>`, `<table><tbody><tr><td>Bague</td><td>49,90 €</td></tr></tbody></table>`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := visible.Split(visible.Input{HTML: tt.mail})
			if got.HTML != tt.want {
				t.Errorf("html %q\nwant %q\nfolded %q", got.HTML, tt.want, got.Quote)
			}
		})
	}
}

func TestTooDeepHTMLIsShown(t *testing.T) {
	t.Parallel()
	got := visible.Split(visible.Input{HTML: strings.Repeat("<div>", 5000) + "Où est ma bague ?"})
	if !strings.Contains(got.Text, "Où est ma bague ?") {
		t.Errorf("text %q", got.Text)
	}
}

func TestPlainText(t *testing.T) {
	t.Parallel()
	got := visible.PlainText("<style>p{color:red}</style><p>Bonjour   <b>Camille</b></p>\n<p>à bientôt<br>Marc</p><script>x()</script>")
	if want := "Bonjour Camille\n\nà bientôt\nMarc"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
