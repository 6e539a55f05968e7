package mime_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/comptoir-desk/comptoir/internal/mime"
)

func parse(t *testing.T, raw string) *mime.Mail {
	t.Helper()
	m, err := mime.Parse([]byte(raw), mime.Options{Own: []string{"contact@maison-lila.fr", "SAV@maison-lila.fr"}})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestOnlyWhatIsNoMailIsQuarantined(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		raw  string
		want error
	}{
		"nothing":           {"", mime.ErrEmpty},
		"blank lines":       {"\r\n\r\n \n", mime.ErrEmpty},
		"a page":            {"<html><body>Bonjour</body></html>", mime.ErrNotMail},
		"an HTTP answer":    {"Server: x\r\nCache-Control: no\r\n\r\nhello", mime.ErrNotMail},
		"words":             {"Bonjour, où en est ma commande ?\n", mime.ErrNotMail},
		"only a subject":    {"Subject: Bague", nil},
		"an mbox line":      {"From camille@example.fr Mon Dec  7 10:00:00 2026\nFrom: camille@example.fr\n\nBonjour", nil},
		"old Mac line ends": {"From: camille@example.fr\rSubject: Bague\r\rBonjour", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := mime.Parse([]byte(c.raw), mime.Options{}); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

// A customer's words must never pass for a machine's.
func TestClasses(t *testing.T) {
	t.Parallel()
	const camille = "From: Camille Renaud <camille@example.fr>\nReturn-Path: <camille@example.fr>\n"
	for name, c := range map[string]struct {
		raw  string
		want mime.Class
	}{
		"asks about a refused payment":  {camille + "Subject: Paiement refusé, message d'erreur\n\nBonjour, mon paiement a été rejeté (code 550).", mime.ClassCustomer},
		"complains of mail not arrived": {camille + "Subject: Message non délivré\n\nMon mail à vente@maison-lila.fr n'a pas été remis, pourquoi ?", mime.ClassCustomer},
		"carrier that could not come":   {"Return-Path: <>\nFrom: noreply@transport.example\nSubject: Échec de livraison\n\nVotre colis n'a pas été distribué. Contact : aide@transport.example", mime.ClassCustomer},
		"parcel refused in English":     {camille + "Subject: Delivery failed\n\nThe carrier was unable to deliver my parcel 550 12345, write to camille@example.fr", mime.ClassCustomer},
		"reads on holiday":              {camille + "Subject: Bague pour mes vacances\n\nJe pars en vacances lundi.", mime.ClassCustomer},
		"replies to a notice":           {camille + "Subject: Re: Undelivered Mail Returned to Sender\n\nUser unknown? 550 5.1.1 <a@b.fr>", mime.ClassCustomer},
		"form that says auto-generated": {"From: boutique@plateforme.example\nAuto-Submitted: auto-generated\nSubject: Message de Paul\n\nBonjour", mime.ClassCustomer},
		"own form":                      {"From: sav@maison-lila.fr\nReply-To: paul@example.fr\nSubject: Contact\n\nBonjour", mime.ClassCustomer},
		"own form answered to us":       {"From: sav@maison-lila.fr\nReply-To: contact@maison-lila.fr\nSubject: Contact\n\nBonjour", mime.ClassOwn},
		"qmail":                         {"From: MAILER-DAEMON@mx.example\nSubject: failure notice\n\n<a@b.fr>:\nSorry, no mailbox here by that name.", mime.ClassBounce},
		"null sender, plain words":      {"Return-Path: <>\nFrom: robot@mx.example\nSubject: Mail\n\nThe following message could not be delivered to a@b.fr.", mime.ClassBounce},
		"failed recipients named":       {"X-Failed-Recipients: a@b.fr\nFrom: x@mx.example\nSubject: y\n\nz", mime.ClassBounce},
		"exim still trying":             {"From: Mail Delivery System <Mailer-Daemon@mx.example>\nSubject: Warning: message 1abc delayed 24 hours\n\nYour message has not yet been delivered to a@b.fr.", mime.ClassDelay},
		"exchange in French, late":      {"From: postmaster@mx.example\nSubject: Retardé : Votre commande\n\nLa remise à a@b.fr est retardée.", mime.ClassDelay},
		"vacation without a header":     {camille + "Subject: Automatic reply: Votre commande\n\nI am away.", mime.ClassAutoReply},
		"receipt by null sender":        {"Return-Path: <>\nFrom: camille@example.fr\nSubject: Accusé de réception : Votre commande\n\nBien reçu.", mime.ClassAutoReply},
		"list before spam":              {camille + "List-Id: <a.example>\nX-Spam-Flag: YES\nSubject: x\n\ny", mime.ClassList},
		"spam by OVH":                   {camille + "X-VR-SPAMSTATE: SPAM\nSubject: x\n\ny", mime.ClassSpam},
		"not spam":                      {camille + "X-Spam-Status: No, score=1\nX-Spam-Flag: NO\nSubject: x\n\ny", mime.ClassCustomer},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if m := parse(t, c.raw); m.Class != c.want {
				t.Errorf("class %s, want %s", m.Class, c.want)
			}
		})
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for to, want := range map[string][]mime.Address{
		`"Renaud, Camille" <Camille@EXAMPLE.fr>, paul@example.fr (Paul Delmas)`: {{"Renaud, Camille", "Camille@example.fr"}, {"Paul Delmas", "paul@example.fr"}},
		`undisclosed-recipients:;`:                   nil,
		`Clients: a@example.fr, "B" <b@example.fr>;`: {{"", "a@example.fr"}, {"B", "b@example.fr"}},
		`"Inès <ines@example.fr>, paul@example.fr`:   {{`Inès`, "ines@example.fr"}, {"", "paul@example.fr"}},
		`a@example.fr; b@example.fr`:                 {{"", "a@example.fr"}, {"", "b@example.fr"}},
		`<a@example.fr> <b@example.fr>`:              {{"", "a@example.fr"}, {"", "b@example.fr"}},
		`'camille@example.fr' <camille@example.fr>`:  {{"", "camille@example.fr"}},
		`Service client`:                             {{"Service client", ""}},
		`=?utf-8?q?In=C3=A8s=2C_Lille?= <i@ex.fr>`:   {{"Inès, Lille", "i@ex.fr"}},
		"\"Paul \u202Etxt.exe\" <p@ex.fr>":           {{"Paul txt.exe", "p@ex.fr"}},
	} {
		m := parse(t, "From: x@example.fr\nTo: "+to+"\n\nBonjour")
		if diff := cmp.Diff(want, m.To); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", to, diff)
		}
	}
}

func TestHTMLText(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		"<p>Bonjour,</p><p>Ma bague<br>est  trop\npetite.</p>":                    "Bonjour,\n\nMa bague\nest trop petite.",
		"<ol><li>Bague<li>Collier</ol>":                                           "1. Bague\n2. Collier",
		"<blockquote><p>Bonjour</p><p>Oui</p></blockquote>merci":                  "> Bonjour\n>\n> Oui\n\nmerci",
		"<div style='display: none'>caché</div>vu":                                "vu",
		"<div style='display:none'>jamais fermé, mais des mots":                   "jamais fermé, mais des mots",
		"<style>p{}</style><script>x</script><title>t</title>a &amp; b&nbsp;&lt;": "a & b <",
		"<pre>a\n  b</pre>":                                     "a\n  b",
		"<img alt='😊'><img alt='logo'> ok":                      "😊 ok",
		"<span style='max-height:0px;font-size:10px'>x</span>y": "y",
		"<span style='font-size:0.9em'>x</span>y":               "xy",
		"<noscript>perdu ?":                                     "perdu ?",
	} {
		if got := mime.HTMLText(source); got != want {
			t.Errorf("%s\n got %q\nwant %q", source, got, want)
		}
	}
}

// The same message comes by IMAP and by SMTP, re-encoded on the way (I1).
func TestFingerprintOutlivesTheWay(t *testing.T) {
	t.Parallel()
	base := "From: Camille <camille@example.fr>\nDate: Mon, 7 Dec 2026 10:00:00 +0100\nSubject: Bague\nContent-Type: text/plain; charset=utf-8\n"
	one := parse(t, base+"\nOù est ma commande ?\n")
	two := parse(t, "Received: by mx\nDelivered-To: contact@maison-lila.fr\n"+strings.ReplaceAll(base, "\n", "\r\n")+
		"Content-Transfer-Encoding: quoted-printable\r\n\r\nO=C3=B9 est ma =\r\ncommande ?  \r\n\r\n")
	other := parse(t, base+"\nOù est ma commande ??\n")
	if one.Fingerprint != two.Fingerprint {
		t.Error("two copies of one message differ")
	}
	if one.Fingerprint == other.Fingerprint {
		t.Error("two messages look the same")
	}
}

func TestNoWordIsLost(t *testing.T) {
	t.Parallel()
	const from = "From: camille@example.fr\nContent-Type: multipart/"
	for name, c := range map[string]struct{ raw, want string }{
		"words before the first part":   {from + "mixed; boundary=x\n\nBonjour\n--x\nContent-Type: image/png\n\nabc\n--x--\n", "Bonjour"},
		"two texts as alternatives":     {from + "alternative; boundary=x\n\n--x\n\nBonjour\n--x\n\nPaul\n--x--\n", "Bonjour\n\nPaul"},
		"text after an attachment":      {from + "mixed; boundary=x\n\n--x\n\nBonjour\n--x\nContent-Type: image/png\n\nabc\n--x\n\nPaul\n--x--\n", "Bonjour\n\nPaul"},
		"empty text beside HTML":        {from + "alternative; boundary=x\n\n--x\n\n \n--x\nContent-Type: text/html\n\n<b>Bonjour</b>\n--x--\n", "Bonjour"},
		"base64 in name only":           {"From: a@b.fr\nContent-Transfer-Encoding: base64\n\nBonjour, ma bague est cassée\n", "Bonjour, ma bague est cassée\n"},
		"base64 with a plain footer":    {"From: a@b.fr\nContent-Transfer-Encoding: base64\n\nQm9uam91cgo=\nEnvoyé par la liste\n", "Bonjour\nEnvoyé par la liste\n"},
		"no blank line after header":    {"From: a@b.fr\nSubject: x\nBonjour à tous\nma bague est cassée\n", "Bonjour à tous\nma bague est cassée\n"},
		"UTF-8 called Latin-1":          {"From: a@b.fr\nContent-Type: text/plain; charset=iso-8859-1\n\nBracelet doré\n", "Bracelet doré\n"},
		"a text that is a named part":   {from + "mixed; boundary=x\n\n--x\nContent-Type: text/plain; name=a.txt\n\nBonjour\n--x--\n", "Bonjour"},
		"Japanese without its label":    {"From: a@b.fr\n\n\x1b$B$3$s\x1b(B\n", "こん\n"},
		"soft breaks without end quote": {"From: a@b.fr\nContent-Type: text/plain; format=flowed; delsp=yes\n\nBon \njour\n> a \n> b\n-- \nLila\n", "Bonjour\n> ab\n-- \nLila\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if m := parse(t, c.raw); strings.TrimRight(m.Text, "\n") != strings.TrimRight(c.want, "\n") {
				t.Errorf("text %q, want %q", m.Text, c.want)
			}
		})
	}
}

func TestAttachmentNamesAreSafe(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		`../../etc/passwd`:                "passwd",
		`C:\Users\Paul\facture.pdf`:       "facture.pdf",
		"facture\u202Efdp.exe":            "facturefdp.exe",
		`..`:                              "image.png",
		`   `:                             "image.png",
		`a<b>|c?.png`:                     "a_b__c_.png",
		strings.Repeat("é", 300) + ".png": strings.Repeat("é", 116) + ".png",
		`=?utf-8?q?photo_=C3=A9t=C3=A9?=`: "photo été",
	} {
		m := parse(t, "From: a@b.fr\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: image/png; name=\""+
			strings.ReplaceAll(name, `\`, `\\`)+"\"\n\nabc\n--x--\n")
		if len(m.Attachments) != 1 || m.Attachments[0].Name != want {
			t.Errorf("%q gave %+v, want %q", name, m.Attachments, want)
		}
	}
}
