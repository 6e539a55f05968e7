package law_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/law"
)

func TestTheClosedList(t *testing.T) {
	t.Parallel()
	list := law.Exceptions()
	if len(list) != 13 {
		t.Fatalf("%d cases", len(list))
	}
	for i, e := range list {
		all := e.Proofs()
		article := fmt.Sprintf("L221-28 %d° c. conso", i+1)
		r := law.Exclusion(law.LineClaim{Case: e, Shown: all, Paid: true})
		if !r.Excluded || len(r.Missing) > 0 || r.Articles[0] != article {
			t.Errorf("%s with all proofs: %+v", article, r)
		}
		if !slices.Contains(all, law.ToldBeforehand) || len(all) < 2 || e.Text().FR == "" || e.Text().EN == "" {
			t.Errorf("%s asks for %v", article, all)
		}
		for i, p := range all {
			shown := slices.Delete(slices.Clone(all), i, i+1)
			r := law.Exclusion(law.LineClaim{Case: e, Shown: shown, Paid: true})
			if r.Excluded || !slices.Equal(r.Missing, []law.Proof{p}) {
				t.Errorf("%s without %s: %+v", article, p, r)
			}
			if p.Text().FR == "" || p.Text().EN == "" {
				t.Errorf("%s has no words", p)
			}
		}
		// Paid by data alone, a service and digital content keep the right.
		byData := law.Exclusion(law.LineClaim{Case: e, Shown: all})
		if keeps := e == law.ServicePerformed || e == law.DigitalContent; byData.Excluded == keeps {
			t.Errorf("%s paid by data: %+v", article, byData)
		}
	}
	for _, e := range []law.Exception{0, 14, -1} {
		if r := law.Exclusion(law.LineClaim{Case: e, Paid: true}); r.Excluded || len(e.Proofs()) > 0 || e.Text() != (law.Text{}) {
			t.Errorf("case %d: %+v", e, r)
		}
	}
	for _, none := range law.NoExceptions() {
		if none.FR == "" || none.EN == "" {
			t.Errorf("%+v", none)
		}
	}
}

func TestTwoSeparateActs(t *testing.T) {
	t.Parallel()
	for e, three := range map[law.Exception]bool{law.ServicePerformed: false, law.DigitalContent: true} {
		proofs := e.Proofs()
		if !slices.Contains(proofs, law.Consent) || !slices.Contains(proofs, law.Acknowledgement) || slices.Contains(proofs, law.Confirmation) != three {
			t.Errorf("%d asks for %v", e, proofs)
		}
	}
}

func TestDated(t *testing.T) {
	t.Parallel()
	d := law.Dated[string]{{From: day(t, "2027-01-01"), Value: "c"}, {From: day(t, "2026-01-01"), Value: "a"}, {From: day(t, "2026-06-01"), Value: "b"}}
	for on, want := range map[string]string{
		"2025-12-31": "", "2026-01-01": "a", "2026-05-31": "a", "2026-06-01": "b", "2026-12-31": "b", "2027-01-01": "c", "2040-01-01": "c",
	} {
		if got, ok := d.On(day(t, on)); got != want || ok != (want != "") {
			t.Errorf("%s: %q, %v", on, got, ok)
		}
	}
	// Of two that begin on one day the later written holds.
	two := law.Dated[int]{{Value: 1}, {Value: 2}}
	if got, _ := two.On(day(t, "2026-01-01")); got != 2 {
		t.Errorf("got %d", got)
	}
}
