package mime_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/mime"
)

func smallMail() []byte {
	return crlf(`From: Camille Renaud <camille@example.fr>
To: contact@maison-lila.fr
Subject: =?utf-8?q?Ma_commande_n=C2=B0_1042?=
Date: Mon, 7 Dec 2026 10:00:00 +0100
Message-ID: <a1@example.fr>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

` + strings.Repeat("Bonjour, où en est ma commande ?\n", 10))
}

// realMail has the size and shape of ordinary mail: both forms, quoted history.
func realMail() []byte {
	var page, plain strings.Builder
	for i := range 40 {
		fmt.Fprintf(&page, `<div style="font-family:Arial;color:#222"><p>Bonjour, ma bague n'est <b>toujours pas</b> arriv=C3=A9e, ligne %d. <a href=3D"https://maison-lila.example/suivi">Suivi</a></p></div><blockquote><table><tr><td>Bracelet</td><td>49,90 EUR</td></tr></table>`+"\n", i)
		fmt.Fprintf(&plain, "Bonjour, ma bague n'est toujours pas arriv=C3=A9e, ligne %d.\n", i)
	}
	return crlf(`From: Camille Renaud <camille@example.fr>
To: contact@maison-lila.fr
Subject: Re: Ma commande
Date: Mon, 7 Dec 2026 10:00:00 +0100
Message-ID: <a2@example.fr>
References: <r1@maison-lila.fr> <r2@maison-lila.fr>
Received: from mx.example (mx.example [192.0.2.1]) by mail.maison-lila.fr with ESMTPS; Mon, 7 Dec 2026 10:00:01 +0100
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="limite"

--limite
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

` + plain.String() + `
--limite
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<html><body>` + page.String() + `</body></html>
--limite--
`)
}

func crlf(s string) []byte { return []byte(strings.ReplaceAll(s, "\n", "\r\n")) }

func BenchmarkParse(b *testing.B) {
	for name, raw := range map[string][]byte{"small": smallMail(), "html15KB": realMail()} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := mime.Parse(raw, mime.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
