package explain_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/comptoir-desk/comptoir/internal/app/explain"
)

func TestPhone(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	stdin := strings.NewReader("\ufeff3014\r\n\n <b>&\n")
	code := explain.Phone("en", []string{"01 42 68 53 00", "-", "0826123456", "3639", "+32 2 555 12 12"}, stdin, &out, &errs)
	want := `{"input":"01 42 68 53 00","ok":true,"e164":"+33142685300","class":"ordinary","aftersales_allowed":true,"reason":"Ordinary number (01 to 05, 06, 07, 09). This number may be used for after-sales."}
{"input":"3014","ok":true,"e164":null,"class":"free","aftersales_allowed":true,"reason":"Free short number (30xx, 31xx). This number may be used for after-sales."}
{"input":"<b>&","file":"<b>&","ok":false,"error":"no telephone number","e164":null,"class":"unknown","aftersales_allowed":null,"reason":"no telephone number"}
{"input":"0826123456","ok":true,"e164":"+33826123456","class":"surcharged","aftersales_allowed":false,"reason":"Surcharged number (082x). A surcharged number is forbidden for the performance of a contract or a complaint."}
{"input":"3639","ok":true,"e164":null,"class":"unknown","aftersales_allowed":null,"reason":"The price of this short number depends on the number. To be looked up on infosva.org, or declared by the shop."}
{"input":"+32 2 555 12 12","ok":true,"e164":"+3225551212","class":"unknown","aftersales_allowed":null,"reason":"Foreign number: its price is not known. To be looked up on infosva.org, or declared by the shop."}
`
	if diff := cmp.Diff(want, out.String()); diff != "" || code != explain.ExitSomeBad || errs.Len() > 0 {
		t.Errorf("code %d, stderr %q, (-want +got)\n%s", code, errs.String(), diff)
	}
}

func TestPhoneWithNothingBad(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	if code := explain.Phone("", []string{"3014"}, strings.NewReader(""), &out, &errs); code != explain.ExitOK || !strings.Contains(out.String(), "Ce numéro peut servir") {
		t.Errorf("code %d, %s", code, out.String())
	}
	out.Reset()
	if code := explain.Phone("fr", []string{"-"}, iotest.ErrReader(errors.New("gone")), &out, &errs); code != explain.ExitSomeBad || !strings.Contains(out.String(), `"ok":false`) {
		t.Errorf("code %d, %s", code, out.String())
	}
}
