package compose_test

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"strings"
	"testing"

	"github.com/emersion/go-msgauth/dkim"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/mime/compose"
)

// testKey gives a fresh private key in PEM and the record that the shop would
// publish.
func testKey(t *testing.T, kind string) (pemText []byte, record string) {
	t.Helper()
	var private crypto.Signer
	if kind == "ed25519" {
		_, key, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		record = "v=DKIM1; k=ed25519; p=" + base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey))
		private = key
	} else {
		key, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			t.Fatal(err)
		}
		public, err := x509.MarshalPKIXPublicKey(key.Public())
		if err != nil {
			t.Fatal(err)
		}
		record = "v=DKIM1; k=rsa; p=" + base64.StdEncoding.EncodeToString(public)
		private = key
		if kind == "rsa pkcs1" {
			return pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)}), record
		}
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), record
}

func verify(t *testing.T, raw []byte, record string) error {
	t.Helper()
	results, err := dkim.VerifyWithOptions(bytes.NewReader(raw), &dkim.VerifyOptions{LookupTXT: func(name string) ([]string, error) {
		if name != "lila2026._domainkey.maison-lila.example" {
			return nil, errors.New("asked for " + name)
		}
		return []string{record}, nil
	}})
	if err != nil || len(results) != 1 {
		t.Fatalf("%d signatures, %v", len(results), err)
	}
	return results[0].Err
}

func TestSign(t *testing.T) {
	t.Parallel()
	spaced := answer()
	spaced.HTML, spaced.Text = "", "deux  espaces \t ici \n\n\n\n"
	for _, kind := range []string{"rsa", "rsa pkcs1", "ed25519"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			pemText, record := testKey(t, kind)
			key, err := compose.ParseDKIMKey(pemText, "Maison-Lila.example", "lila2026")
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range []compose.Message{fullAnswer(), acknowledgement(), spaced} {
				raw := build(t, m)
				signed, err := compose.Sign(raw, key, tuesday)
				if err != nil {
					t.Fatal(err)
				}
				if err := verify(t, signed, record); err != nil {
					t.Errorf("verifier says %v of\n%s", err, signed[:900])
				}
				if again, _ := compose.Sign(raw, key, tuesday); !bytes.Equal(signed, again) {
					t.Error("the same mail was signed in two ways")
				}
				if !bytes.HasSuffix(signed, raw) {
					t.Error("signing changed the mail itself")
				}
			}
		})
	}
}

// What a relay may do to white space harms nothing; what a forger does, does.
func TestSignatureSurvivesRelaysNotForgers(t *testing.T) {
	t.Parallel()
	pemText, record := testKey(t, "ed25519")
	key, err := compose.ParseDKIMKey(pemText, "maison-lila.example", "lila2026")
	if err != nil {
		t.Fatal(err)
	}
	signed, err := compose.Sign(build(t, answer()), key, tuesday)
	if err != nil {
		t.Fatal(err)
	}
	change := func(from, to string) []byte {
		out := strings.Replace(string(signed), from, to, 1)
		if out == string(signed) {
			t.Fatalf("%q is not in the mail", from)
		}
		return []byte(out)
	}
	if err := verify(t, append(change("\r\nSubject: ", "\r\nSUBJECT:   "), "\r\n\r\n"...), record); err != nil {
		t.Errorf("refolding broke the signature: %v", err)
	}
	for _, forged := range [][]byte{
		change("commande", "Commande"), change("19/11/2026", "20/11/2026"),
		change("\r\nSubject: ", "\r\nFrom: forger@example.org\r\nSubject: "),
	} {
		if err := verify(t, forged, record); err == nil {
			t.Error("a forged mail still verifies")
		}
	}
}

func TestParseDKIMKeyRefuses(t *testing.T) {
	t.Parallel()
	good, _ := testKey(t, "ed25519")
	tests := []struct{ field, pem, domain, selector string }{
		{"dkim_key", "-----BEGIN", "maison-lila.example", "s"},
		{"dkim_key", string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte("no key")})), "maison-lila.example", "s"},
		{"dkim_domain", string(good), "maison;lila", "s"},
		{"dkim_selector", string(good), "maison-lila.example", "s; t=1"},
	}
	for _, tt := range tests {
		_, err := compose.ParseDKIMKey([]byte(tt.pem), tt.domain, tt.selector)
		var f *fault.Fault
		if !errors.As(err, &f) || f.Field != tt.field {
			t.Errorf("%s: got %v", tt.field, err)
		}
	}
}
