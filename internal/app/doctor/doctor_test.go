package doctor_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/app/doctor"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// zone is a DNS of our own: TXT by name, MX by "MX name", addresses by "A name".
type zone map[string][]string

func (z zone) get(key, name string) ([]string, error) {
	if list, ok := z[key]; ok {
		if len(list) == 1 && list[0] == "timeout" {
			return nil, &net.DNSError{Err: "i/o timeout", Name: name, IsTimeout: true}
		}
		return list, nil
	}
	return nil, &net.DNSError{Err: "no such host", Name: name, IsNotFound: true}
}

func (z zone) LookupTXT(_ context.Context, name string) ([]string, error) { return z.get(name, name) }

func (z zone) LookupMX(_ context.Context, name string) (list []*net.MX, err error) {
	hosts, err := z.get("MX "+name, name)
	for _, h := range hosts {
		list = append(list, &net.MX{Host: h})
	}
	return list, err
}

func (z zone) LookupNetIP(_ context.Context, _, host string) (list []netip.Addr, err error) {
	texts, err := z.get("A "+host, host)
	for _, t := range texts {
		list = append(list, netip.MustParseAddr(t))
	}
	return list, err
}

// healthy is the DNS of a shop that did everything right.
func healthy() zone {
	return zone{
		"MX maison-lila.fr":               {"mx1.mail.ovh.net."},
		"maison-lila.fr":                  {"google-site-verification=abc", "v=spf1 include:mx.ovh.com ~all"},
		"mx.ovh.com":                      {"v=spf1 ip4:46.105.0.0/16 -all"},
		"A ssl0.ovh.net":                  {"193.70.18.144"},
		"_dmarc.maison-lila.fr":           {"v=DMARC1; p=none; rua=mailto:postmaster@maison-lila.fr"},
		"lila._domainkey.maison-lila.fr":  {"v=DKIM1; k=ed25519; p=" + edPublic},
		"stale._domainkey.maison-lila.fr": {"v=DKIM1; k=ed25519; p=" + strings.Replace(edPublic, "1", "2", 1)},
		"gone._domainkey.maison-lila.fr":  {"v=DKIM1; p="},
	}
}

// The first test key of RFC 8032, 7.1, as RFC 8410 writes it.
const (
	edKey    = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n"
	edPublic = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
)

func TestTheSendersDNS(t *testing.T) {
	t.Parallel()
	with := func(change ...string) zone { // name, record, name, record…; "-" takes the name away
		z := healthy()
		for i := 0; i < len(change); i += 2 {
			if z[change[i]] = strings.Split(change[i+1], "|"); change[i+1] == "-" {
				delete(z, change[i])
			}
		}
		return z
	}
	many := []string{"maison-lila.fr", "v=spf1"}
	for i := range 11 {
		many[1] += fmt.Sprintf(" include:s%d.example", i)
		many = append(many, fmt.Sprintf("s%d.example", i), "v=spf1 -all")
	}
	const ovh, spf = "ssl0.ovh.net", "maison-lila.fr"
	for _, tt := range []struct {
		name, server, selector string
		zone                   zone
		check                  string
		want                   doctor.State
		says                   string
	}{
		{name: "mail arrives", zone: healthy(), check: "MX", want: doctor.OK, says: "mx1.mail.ovh.net"},
		{name: "no MX and no address", zone: with("MX maison-lila.fr", "-"), check: "MX", want: doctor.Fail, says: "cannot receive"},
		{name: "no MX but an address", zone: with("MX maison-lila.fr", "-", "A maison-lila.fr", "192.0.2.1"), check: "MX", want: doctor.Warn, says: "no MX"},
		{name: "a null MX (RFC 7505)", zone: with("MX maison-lila.fr", "."), check: "MX", want: doctor.Fail, says: "takes no mail"},
		{name: "the DNS is silent", zone: with("MX maison-lila.fr", "timeout"), check: "MX", want: doctor.Warn, says: "does not answer"},
		{name: "policy and server of one house", server: ovh, zone: healthy(), check: "SPF", want: doctor.OK},
		{name: "Google goes by two names", server: "smtp.gmail.com", zone: with(spf, "v=spf1 include:_spf.google.com ~all", "_spf.google.com", "v=spf1 -all"), check: "SPF", want: doctor.OK},
		{name: "the server's own address is allowed", server: "mail.lila.example", zone: with(spf, "v=spf1 ip4:192.0.2.0/24 -all", "A mail.lila.example", "192.0.2.9"), check: "SPF", want: doctor.OK},
		{name: "by a of a named host", server: "mail.lila.example", zone: with(spf, "v=spf1 a:mail.lila.example -all", "A mail.lila.example", "192.0.2.9"), check: "SPF", want: doctor.OK},
		{name: "by mx", server: "192.0.2.9", zone: with(spf, "v=spf1 mx -all", "A mx1.mail.ovh.net.", "192.0.2.9"), check: "SPF", want: doctor.OK},
		{name: "by redirect", server: ovh, zone: with(spf, "v=spf1 redirect=mx.ovh.com"), check: "SPF", want: doctor.OK},
		{name: "another house than the server's", server: "smtp.ionos.fr", zone: healthy(), check: "SPF", want: doctor.Warn, says: "smtp.ionos.fr"},
		{name: "no policy", server: ovh, zone: with(spf, "bonjour"), check: "SPF", want: doctor.Warn, says: "does not say"},
		{name: "two policies", server: ovh, zone: with(spf, "v=spf1 include:mx.ovh.com ~all|v=spf1 -all"), check: "SPF", want: doctor.Fail, says: "2 SPF records"},
		{name: "everybody", server: ovh, zone: with(spf, "v=spf1 include:mx.ovh.com +all"), check: "SPF", want: doctor.Warn, says: "+all"},
		{name: "an include that is gone", server: ovh, zone: with("mx.ovh.com", "-"), check: "SPF", want: doctor.Fail, says: "mx.ovh.com"},
		{name: "eleven lookups", server: ovh, zone: with(many...), check: "SPF", want: doctor.Fail, says: "11 DNS lookups"},
		{name: "a circle ends", server: ovh, zone: with("mx.ovh.com", "v=spf1 include:mx.ovh.com -all"), check: "SPF", want: doctor.Fail, says: "DNS lookups"},
		{name: "DMARC there", zone: healthy(), check: "DMARC", want: doctor.OK},
		{name: "no DMARC", zone: with("_dmarc.maison-lila.fr", "-"), check: "DMARC", want: doctor.Warn, says: "has none"},
		{name: "our key is published", selector: "lila", zone: healthy(), check: "DKIM", want: doctor.OK},
		{name: "another key is published", selector: "stale", zone: healthy(), check: "DKIM", want: doctor.Fail, says: "is not this mailbox's"},
		{name: "the key is revoked", selector: "gone", zone: healthy(), check: "DKIM", want: doctor.Fail, says: "revoked"},
		{name: "no key is published", selector: "none", zone: healthy(), check: "DKIM", want: doctor.Fail, says: "No key"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := doctor.Sender{Address: "contact@maison-lila.fr", Server: tt.server}
			if tt.selector != "" {
				s.DKIM = &doctor.DKIM{Domain: "maison-lila.fr", Selector: tt.selector, Key: edKey}
			}
			for _, f := range s.DNS(t.Context(), tt.zone) {
				if f.Check != tt.check {
					continue
				}
				if f.State != tt.want || !strings.Contains(f.Says.EN, tt.says) {
					t.Errorf("%s: %s (%s), want %s with %q", f.Check, f.State, f.Says.EN, tt.want, tt.says)
				}
				if f.State != doctor.OK && (f.Do.FR == "" || f.Do.EN == "") || f.Says.FR == "" {
					t.Errorf("%s says what is wrong but not what to do: %+v", f.Check, f)
				}
				return
			}
			t.Errorf("no line about %s", tt.check)
		})
	}
}

// What to publish is shown, so that it can be pasted.
func TestTheMissingKeyIsShown(t *testing.T) {
	t.Parallel()
	s := doctor.Sender{Address: "contact@maison-lila.fr", DKIM: &doctor.DKIM{Domain: "maison-lila.fr", Selector: "none", Key: edKey}}
	for _, f := range s.DNS(t.Context(), healthy()) {
		if f.Check == "DKIM" && !strings.Contains(f.Do.EN, "none._domainkey.maison-lila.fr : v=DKIM1; k=ed25519; p="+edPublic) &&
			!strings.Contains(f.Do.EN, "none._domainkey.maison-lila.fr: v=DKIM1; k=ed25519; p="+edPublic) {
			t.Errorf("do = %s", f.Do.EN)
		}
	}
}

func TestTheMachine(t *testing.T) {
	t.Parallel()
	folder := func(mode os.FileMode) string {
		dir := filepath.Join(t.TempDir(), "data")
		if err := os.Mkdir(dir, mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(dir, mode); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	free := func(n uint64) func(string) (uint64, error) { return func(string) (uint64, error) { return n, nil } }
	for _, tt := range []struct {
		name  string
		dir   string
		free  func(string) (uint64, error)
		late  time.Duration
		check string
		want  doctor.State
	}{
		{name: "a folder of ours", dir: folder(0o750), free: free(50e9), check: "data", want: doctor.OK},
		{name: "a folder of everybody's", dir: folder(0o755), free: free(50e9), check: "data", want: doctor.Warn},
		{name: "no folder yet", dir: filepath.Join(t.TempDir(), "none"), free: free(50e9), check: "data", want: doctor.Warn},
		{name: "no name for a folder", dir: folder(0o750) + "/\x00", free: free(50e9), check: "data", want: doctor.Fail},
		{name: "room", dir: folder(0o750), free: free(50e9), check: "disk", want: doctor.OK},
		{name: "little room", dir: folder(0o750), free: free(999e6), check: "disk", want: doctor.Warn},
		{name: "no room", dir: folder(0o750), free: free(199e6), check: "disk", want: doctor.Fail},
		{name: "unknown room", dir: folder(0o750), free: func(string) (uint64, error) { return 0, errors.New("no") }, check: "disk", want: doctor.Warn},
		{name: "the disk's clock is ours", dir: folder(0o750), free: free(50e9), check: "clock", want: doctor.OK},
		{name: "the disk's clock is apart", dir: folder(0o750), free: free(50e9), late: 30 * time.Second, check: "clock", want: doctor.Warn},
		{name: "the disk's clock is wrong", dir: folder(0o750), free: free(50e9), late: time.Hour, check: "clock", want: doctor.Fail},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var seen []string
			for _, f := range doctor.Folder(doctor.Machine{Now: time.Now().Add(-tt.late), Free: tt.free}, tt.dir) {
				seen = append(seen, fmt.Sprintf("%s %s", f.Check, f.State))
				if f.State != doctor.OK && f.Do.EN == "" {
					t.Errorf("no advice: %+v", f)
				}
			}
			if want := fmt.Sprintf("%s %s", tt.check, tt.want); !strings.Contains(strings.Join(seen, ", "), want) {
				t.Errorf("findings = %v, want %s", seen, want)
			}
			if left, _ := os.ReadDir(tt.dir); len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestAClockThatWentBack(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name        string
		now, newest time.Time
		want        doctor.State
	}{
		{"nothing noted yet", monday, time.Time{}, doctor.OK},
		{"noted before", monday, monday.Add(-time.Hour), doctor.OK},
		{"noted in the future", monday, monday.Add(time.Hour), doctor.Fail},
		{"a machine without a battery", time.Unix(0, 0), time.Time{}, doctor.Fail},
	} {
		if got := doctor.ClockRunsOn(tt.now, tt.newest); got.State != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got.State, tt.want)
		}
	}
}

func TestAMailboxThatIsNotRead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name      string
		to, since time.Time
		want      doctor.State
	}{
		{"read just now", monday.Add(-time.Minute), monday.AddDate(0, -1, 0), doctor.OK},
		{"read an hour ago", monday.Add(-time.Hour), monday.AddDate(0, -1, 0), doctor.Warn},
		{"just connected", time.Time{}, monday.Add(-time.Minute), doctor.OK},
		{"never read", time.Time{}, monday.Add(-time.Hour), doctor.Warn},
	} {
		if got := doctor.CaughtUp("contact@maison-lila.fr", monday, tt.to, tt.since); got.State != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got.State, tt.want)
		}
	}
}

var (
	someShop    = store.SQL(`insert into shop (id, name, created_at) values (1, 'Maison Lila', 0)`)
	someBox     = store.SQL(`insert into mailbox (id, shop_id, name, address, kind, owed_since, created_at) values (1, 1, '', 'contact@maison-lila.fr', 'smtp', 0, 0)`)
	someItem    = store.SQL(`insert into item (shop_id, mailbox_id, source, blob, size, arrived_at, stored_at, state) values (1, 1, 'smtp', '', 1, 0, 0, 'quarantined')`)
	someMail    = store.SQL(`insert into delivery (shop_id, kind, state, rfc_message_id, raw, sender, not_before, created_at) values (1, 'answer', 'held', 'a@maison-lila.fr', '', '', 0, 0)`)
	someJob     = store.SQL(`insert into job (kind, pool, args, state, run_at, created_at) values ('intake.parse', 'intake', '{}', 'parked', 0, 0)`)
	futureEvent = store.SQL(`insert into event (at, kind) values ($1, 'shop.changed')`)
)

func TestTheWorkThatWaits(t *testing.T) {
	t.Parallel()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		look := func() map[string]doctor.Finding {
			list, err := doctor.Work(t.Context(), db, time.Now)
			if err != nil {
				t.Fatal(err)
			}
			found := map[string]doctor.Finding{}
			for _, f := range list {
				found[strings.TrimSpace(f.Check+" "+f.About)] = f
			}
			return found
		}
		for name, f := range look() {
			if f.State != doctor.OK {
				t.Errorf("an empty desk: %s %s (%s)", name, f.State, f.Says.EN)
			}
		}
		err := db.InTx(t.Context(), func(tx *store.Tx) error {
			for _, s := range []store.Statement{someShop, someBox, someItem, someItem, someMail, someJob, someJob, someJob} {
				if _, err := store.Exec(tx, s); err != nil {
					return err
				}
			}
			_, err := store.Exec(tx, futureEvent, time.Now().Add(time.Hour))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		found := look()
		for name, says := range map[string]string{
			"jobs": "Jobs given up after five tries: intake.parse × 3.", "quarantine": "Mails in quarantine: 2.", "outbox": "Held mails: 1.",
		} {
			if f := found[name]; f.State != doctor.Warn || f.Says.EN != says || f.Do.FR == "" {
				t.Errorf("%s: %s (%s)", name, f.State, f.Says.EN)
			}
		}
		if f := found["clock"]; f.State != doctor.Fail {
			t.Errorf("the clock went back: %s (%s)", f.State, f.Says.EN)
		}
	})
}

func TestTheTable(t *testing.T) {
	t.Parallel()
	findings := []doctor.Finding{
		{Check: "config", State: doctor.OK, Says: doctor.Text{FR: "Lisible.", EN: "Readable."}},
		{Check: "disk", State: doctor.Fail, Says: doctor.Text{FR: "0,1 Go libres.", EN: "0.1 GB free."}, Do: doctor.Text{FR: "Faites de la place.", EN: "Make room."}},
		{Check: "SPF", About: "contact@lila.fr", State: doctor.Warn, Says: doctor.Text{FR: "Absent.", EN: "Absent."}, Do: doctor.Text{FR: "Ajoutez-le.", EN: "Add it."}},
	}
	var fr, en bytes.Buffer
	if err := errors.Join(doctor.Print(&fr, findings, "fr"), doctor.PrintJSON(&en, findings, "en")); err != nil {
		t.Fatal(err)
	}
	want := `ok         config               Lisible.
échec      disk                 0,1 Go libres.
                                → Faites de la place.
attention  SPF contact@lila.fr  Absent.
                                → Ajoutez-le.

1 en échec, 1 à regarder, 1 bons.
`
	if fr.String() != want {
		t.Errorf("table:\n%s\nwant:\n%s", fr.String(), want)
	}
	var got struct {
		OK     bool
		Checks []struct{ Check, About, State, Says, Do string }
	}
	if err := json.Unmarshal(en.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.OK || len(got.Checks) != 3 || got.Checks[1].Do != "Make room." {
		t.Errorf("json = %+v", got)
	}
	if !doctor.Failed(findings) || doctor.Failed(findings[:1]) {
		t.Error("one failure is a failure, none is none")
	}
}
