package explain_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/app/explain"
)

func TestHTML(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	in := strings.NewReader(`<p onclick="x()">Bonjour</p><img src="https://evil.example/p.gif"><img src="cid:photo@lila"><script>x()</script>`)
	if code := explain.HTML([]string{"-"}, in, &out); code != explain.ExitOK {
		t.Fatalf("exit code %d", code)
	}
	want := `{"file":"-","ok":true,"html":"<p>Bonjour</p><img data-blocked=\"remote\"/><img src=\"cid:photo@lila\"/>","blocked_remote":1}` + "\n"
	if out.String() != want {
		t.Errorf("got  %swant %s", out.String(), want)
	}
}
