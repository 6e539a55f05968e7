package reply_test

import (
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/testkit/lila"
)

func linksOf(key byte) reply.Links {
	return reply.Links{MAC: lila.Must(secret.New([]byte(strings.Repeat(string(rune(key)), 32)))).MAC}
}

func TestALinkIsOursAndEnds(t *testing.T) {
	t.Parallel()
	links, file := linksOf('a'), blob.Hash(strings.Repeat("ab", 32))
	token := links.Token(7, file, lila.Monday.Add(time.Hour))
	if shop, got, ok := links.Read(token, lila.Monday); !ok || shop != 7 || got != file {
		t.Errorf("read %v %v %v", shop, got, ok)
	}
	changed := []byte(token)
	changed[5] ^= 1
	for name, try := range map[string]func() bool{
		"when its time is over": func() bool { _, _, ok := links.Read(token, lila.Monday.Add(time.Hour)); return ok },
		"of another key":        func() bool { _, _, ok := linksOf('b').Read(token, lila.Monday); return ok },
		"changed":               func() bool { _, _, ok := links.Read(string(changed), lila.Monday); return ok },
		"cut":                   func() bool { _, _, ok := links.Read(token[:len(token)-1], lila.Monday); return ok },
		"nothing":               func() bool { _, _, ok := links.Read("", lila.Monday); return ok },
	} {
		if try() {
			t.Errorf("a link %s is taken", name)
		}
	}
}

func FuzzLink(f *testing.F) {
	links := linksOf('a')
	f.Add(links.Token(1, blob.Hash(strings.Repeat("00", 32)), lila.Monday)[:40])
	f.Add("../../etc/passwd")
	f.Fuzz(func(t *testing.T, token string) {
		if _, _, ok := links.Read(token, lila.Monday.AddDate(100, 0, 0)); ok {
			t.Fatalf("%q is taken", token)
		}
	})
}
