package compose_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/comptoir-desk/comptoir/internal/mime/compose"
)

func TestTextFromHTML(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, html, want string }{
		{"paragraphs", "<p>Bonjour Paul,</p>\n<p>Votre bracelet\n est  prêt.</p>", "Bonjour Paul,\n\nVotre bracelet est prêt."},
		{"line breaks", "4 rue du Bac<br>75007 Paris<br><br>Ouvert", "4 rue du Bac\n75007 Paris\n\nOuvert"},
		{"empty blocks leave nothing", "<p></p><div><br></div><p>Oui</p><p> </p><p></p>", "Oui"},
		{"list", "<p>Il nous faut :</p><ul><li>la photo</li><li>le <b>numéro</b></li></ul><p>Merci</p>", "Il nous faut :\n\n- la photo\n- le numéro\n\nMerci"},
		{"numbers", "<ol start=\"3\"><li>imprimez</li><li>collez<br>bien</li></ol>", "3. imprimez\n4. collez\n   bien"},
		{"list in a list", "<ul><li>or<ul><li>750</li><li>585</li></ul></li><li>argent</li></ul>", "- or\n  - 750\n  - 585\n- argent"},
		{"paragraphs in items, as editors write them", "<ul><li><p>or</p></li><li><p>argent</p></li></ul>", "- or\n- argent"},
		{"link", `Voyez <a href="https://suivi.example/1">le suivi</a>.`, "Voyez le suivi (https://suivi.example/1)."},
		{"link that says itself", `<a href="https://suivi.example/">suivi.example</a> <a href="mailto:a@b.example">a@b.example</a>`, "suivi.example a@b.example"},
		{"link that begins a line", `<ul><li><a href="https://x.example">https://x.example</a></li></ul>`, "- https://x.example"},
		{"script of an address is no link", `<a href="javascript:alert(1)">ici</a>`, "ici"},
		{"quote", "<p>Vous disiez</p><blockquote><p>Perdu</p><p>Depuis lundi</p></blockquote><p>Non</p>", "Vous disiez\n\n> Perdu\n>\n> Depuis lundi\n\nNon"},
		{"table", "<table><tr><td>Bague</td><td>89,00 €</td></tr><tr><td>Port</td><td>0 €</td></tr></table>", "Bague 89,00 €\nPort 0 €"},
		{"pre", "<pre>a\n  b\n\nc</pre>", "a\n  b\n\nc"},
		{"no style, no script", "<style>p{}</style><script>x()</script><p>Oui</p>", "Oui"},
		{"picture", `<img src="cid:1" alt="La bague Lila"><img src="cid:2" alt="">`, "La bague Lila"},
		{"entities and no-break space", "<p>49,90&nbsp;&euro; &lt;ici&gt;</p>", "49,90\u00a0€ <ici>"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, compose.TextFromHTML(tt.html)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSignature(t *testing.T) {
	t.Parallel()
	html, text, file := compose.Signature(compose.SignatureData{
		Name: "Marc <b>", Role: "Atelier", Shop: "Maison Lila", Phone: "+33 1 23 45 67 89", Address: "4 rue du Bac\n\n75007 Paris",
		URL: "https://maison-lila.example/", Logo: logo, LogoType: "image/png",
	})
	want := "-- \nMarc <b>\nAtelier\nMaison Lila\n+33 1 23 45 67 89\n4 rue du Bac\n75007 Paris\nhttps://maison-lila.example/"
	if diff := cmp.Diff(want, text); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	for _, piece := range []string{"Marc &lt;b&gt;", `href="tel:+33123456789"`, `height="64"`, "cid:" + file.ContentID} {
		if !strings.Contains(html, piece) {
			t.Errorf("%q is missing in %s", piece, html)
		}
	}
	if strings.Contains(html, "<table") || !file.Inline || file.Name != "logo.png" {
		t.Errorf("html %s, logo %+v", html, file)
	}
	_, _, again := compose.Signature(compose.SignatureData{Logo: logo, LogoType: "image/png"})
	if again.ContentID != file.ContentID {
		t.Error("the same logo has two names")
	}
}

func TestSignatureOfAShopWithoutMuch(t *testing.T) {
	t.Parallel()
	html, text, file := compose.Signature(compose.SignatureData{Name: "Véronica", URL: "javascript:alert(1)"})
	if html != `<div class="signature"><strong>Véronica</strong></div>` || text != "-- \nVéronica" || file != nil {
		t.Errorf("got %s / %q / %v", html, text, file)
	}
}
