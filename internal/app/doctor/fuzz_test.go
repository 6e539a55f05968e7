package doctor_test

import (
	"testing"

	"github.com/comptoir-desk/comptoir/internal/app/doctor"
)

// FuzzRecords: whatever somebody published, the doctor says a sentence about it.
func FuzzRecords(f *testing.F) {
	f.Add("v=spf1 include:mx.ovh.com ~all", "v=DKIM1; p=")
	f.Add("v=spf1 +a/24//64 -mx:/ ip4: ip6:::1/200 exists:%{i}.x redirect=maison-lila.fr", "p=p=p")
	f.Add("v=spf1 - + ~ ? all:all", ";;=")
	f.Fuzz(func(t *testing.T, spf, dkim string) {
		z := healthy()
		z["maison-lila.fr"], z["lila._domainkey.maison-lila.fr"] = []string{spf}, []string{dkim}
		s := doctor.Sender{
			Address: "contact@maison-lila.fr", Server: "ssl0.ovh.net",
			DKIM: &doctor.DKIM{Domain: "maison-lila.fr", Selector: "lila", Key: edKey},
		}
		findings := s.DNS(t.Context(), z)
		if len(findings) != 4 {
			t.Fatalf("%d findings, want MX, SPF, DKIM and DMARC", len(findings))
		}
		for _, finding := range findings {
			if finding.Says.FR == "" || finding.Says.EN == "" {
				t.Errorf("nothing is said: %+v", finding)
			}
		}
	})
}
