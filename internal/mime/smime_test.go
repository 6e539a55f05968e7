package mime_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/mime"
)

// der is one element of X.690 with a definite length.
func der(tag byte, content string) string {
	n := len(content)
	return string([]byte{tag, 0x84, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}) + content
}

const (
	oidData       = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"
	oidSignedData = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
	version1      = "\x02\x01\x01"
)

// signed holds an octet string as RFC 5652 would, without any signature.
func signed(octets string) string {
	return der(0x30, oidSignedData+der(0xa0, der(0x30, version1+der(0x31, "")+der(0x30, oidData+der(0xa0, octets)))))
}

// signedMail is a mail of Inès whose words lie inside a signature.
func signedMail(contentType, content string) string {
	return head + "Content-Type: " + contentType + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte(content)) + "\r\n"
}

const pkcs7 = "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m"

func TestWordsInsideASignature(t *testing.T) {
	t.Parallel()
	const inner = "Content-Type: text/plain\r\n\r\nMa bague est cassée"
	octets := der(0x04, inner)
	var pieces strings.Builder
	for _, c := range inner {
		pieces.WriteString(der(0x04, string(c)))
	}
	open := "\x30\x80" + oidSignedData + "\xa0\x80\x30\x80" + version1 + "\x31\x80\x30\x80\x06\x01\x2a\x00\x00\x00\x00\x30\x80" + oidData +
		"\xa0\x80\x24\x80" + pieces.String() + "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	for name, c := range map[string]struct{ raw, text string }{
		"whole":                     {signedMail(pkcs7, signed(octets)), "Ma bague est cassée"},
		"in pieces":                 {signedMail(pkcs7, signed(der(0x24, pieces.String()))), "Ma bague est cassée"},
		"all lengths open":          {signedMail(pkcs7, open), "Ma bague est cassée"},
		"only the file name tells":  {signedMail("application/octet-stream; name=SMIME.P7M", signed(octets)), "Ma bague est cassée"},
		"signed twice":              {signedMail(pkcs7, signed(der(0x04, strings.TrimPrefix(signedMail(pkcs7, signed(octets)), head)))), "Ma bague est cassée"},
		"cut off":                   {signedMail(pkcs7, signed(octets)[:80]), ""},
		"open and cut off":          {signedMail(pkcs7, open[:len(open)-20]), ""},
		"certificates alone":        {signedMail(pkcs7, der(0x30, oidSignedData+der(0xa0, der(0x30, version1+der(0x31, "")+der(0x30, oidData))))), ""},
		"a signed invoice":          {signedMail("application/pkcs7-mime; name=facture.pdf.p7m", signed(der(0x04, "%PDF-1.7\n1 0 obj"))), ""},
		"another kind of message":   {signedMail(pkcs7, strings.Replace(signed(octets), oidSignedData, strings.Replace(oidSignedData, "\x02", "\x03", 1), 1)), ""},
		"a length beyond all there": {signedMail(pkcs7, "\x30\x84\xff\xff\xff\xff"+oidSignedData), ""},
		"no signature at all":       {signedMail(pkcs7, "bonjour"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := parse(t, c.raw)
			if m.Text != c.text {
				t.Errorf("text %q, want %q", m.Text, c.text)
			}
			if n := len(m.Attachments); n == 0 || !strings.HasSuffix(strings.ToLower(m.Attachments[n-1].Name), ".p7m") {
				t.Errorf("attachments %+v, want the signed file among them, as it came", m.Attachments)
			}
		})
	}
}

// Each layer is a copy of what it signs: their number is bounded, and what is
// below the bound is kept as a file.
func TestSignaturesInSignatures(t *testing.T) {
	t.Parallel()
	entity := "Content-Type: text/plain\r\n\r\nau fond"
	for range 50 {
		entity = "Content-Type: " + pkcs7 + "\r\n\r\n" + signed(der(0x04, entity))
	}
	m, err := mime.Parse([]byte(head+entity), mime.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(m.Attachments) != 5 || m.Text != "" || len(m.Warnings) == 0 {
		t.Errorf("%d attachments, text %q, warnings %q", len(m.Attachments), m.Text, m.Warnings)
	}
}
