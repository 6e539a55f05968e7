package explain_test

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/comptoir-desk/comptoir/internal/app/explain"
)

// asked runs one verb and gives its line without reasons and articles, which
// must be there, too.
func asked(t *testing.T, run func(out, errs io.Writer) int) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(&out, &errs); code != explain.ExitOK || errs.Len() > 0 {
		t.Errorf("code %d, stderr %q", code, errs.String())
	}
	line := out.String()
	var said struct {
		Reasons  []string
		Articles []string
	}
	if err := json.Unmarshal([]byte(line), &said); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	if len(said.Reasons) == 0 || len(said.Articles) == 0 || !strings.HasSuffix(line, "\n") {
		t.Errorf("%q: no reasons, articles or end", line)
	}
	facts, _, _ := strings.Cut(line, `,"reasons":[`)
	return facts + "}"
}

func TestDeadlineWithdrawal(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		args explain.WithdrawalArgs
		want string
	}{
		{"W7", explain.WithdrawalArgs{Received: []string{"2026-12-11"}}, `{"last_day":"2026-12-28","expires_at":"2026-12-28T23:00:00Z","in_time":null}`},
		{"W32", explain.WithdrawalArgs{Received: []string{"2026-11-23", "2026-12-11"}, Zone: "FR"}, `{"last_day":"2026-12-28","expires_at":"2026-12-28T23:00:00Z","in_time":null}`},
		{"W33", explain.WithdrawalArgs{Received: []string{"2026-11-23", "2026-12-23"}, Kind: "subscription"}, `{"last_day":"2026-12-07","expires_at":"2026-12-07T23:00:00Z","in_time":null}`},
		{"W36 in time", explain.WithdrawalArgs{Received: []string{"2026-11-23"}, Declared: "2026-12-07T23:59:59"}, `{"last_day":"2026-12-07","expires_at":"2026-12-07T23:00:00Z","in_time":true}`},
		{"W36 late", explain.WithdrawalArgs{Received: []string{"2026-11-23"}, Declared: "2026-12-08T00:00:00+01:00"}, `{"last_day":"2026-12-07","expires_at":"2026-12-07T23:00:00Z","in_time":false}`},
		{"W40", explain.WithdrawalArgs{Concluded: "2026-11-20", Declared: "2026-11-21T09:00"}, `{"last_day":null,"expires_at":null,"in_time":true}`},
		{"service", explain.WithdrawalArgs{Kind: "service", Concluded: "2026-11-23"}, `{"last_day":"2026-12-07","expires_at":"2026-12-07T23:00:00Z","in_time":null}`},
		{"service without its day", explain.WithdrawalArgs{Kind: "service", Received: []string{"2026-11-23"}}, `{"last_day":null,"expires_at":null,"in_time":true}`},
		{"informed", explain.WithdrawalArgs{Received: []string{"2026-11-23"}, Informed: "yes"}, `{"last_day":"2026-12-07","expires_at":"2026-12-07T23:00:00Z","in_time":null}`},
		{"X1", explain.WithdrawalArgs{Received: []string{"2026-11-23"}, Informed: "never"}, `{"last_day":"2027-12-07","expires_at":"2027-12-07T23:00:00Z","in_time":null}`},
		{"X4", explain.WithdrawalArgs{Received: []string{"2026-11-23"}, Informed: "2027-02-10"}, `{"last_day":"2027-02-24","expires_at":"2027-02-24T23:00:00Z","in_time":null}`},
		{"thirty days", explain.WithdrawalArgs{Received: []string{"2026-11-23"}, Days: "30"}, `{"last_day":"2026-12-23","expires_at":"2026-12-23T23:00:00Z","in_time":null}`},
		{"seven days", explain.WithdrawalArgs{Received: []string{"2026-11-23"}, Days: "7"}, `{"last_day":"2026-12-07","expires_at":"2026-12-07T23:00:00Z","in_time":null}`},
		{"Alsace", explain.WithdrawalArgs{Received: []string{"2027-03-12"}, Zone: "FR-67"}, `{"last_day":"2027-03-30","expires_at":"2027-03-30T22:00:00Z","in_time":null}`},
		{"Guadeloupe, by its clock", explain.WithdrawalArgs{Received: []string{"2026-11-23"}, Zone: "FR-971", Declared: "2026-12-07 23:59"}, `{"last_day":"2026-12-07","expires_at":"2026-12-08T04:00:00Z","in_time":true}`},
	} {
		if diff := cmp.Diff(tt.want, asked(t, func(out, errs io.Writer) int { return explain.Withdrawal(tt.args, out, errs) })); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, diff)
		}
	}
}

func TestDeadlineRefund(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		args explain.RefundArgs
		want string
	}{
		{"R1", explain.RefundArgs{Informed: "2026-11-24", Collects: true}, `{"due":"2026-12-08","suspended":false,"return_by":null,"due_rolled":"2026-12-08","days_late":null,"percent_completed":null,"percent_begun":null,"interest":null}`},
		{"R5", explain.RefundArgs{Informed: "2026-11-29", Dispatched: "2026-11-30"}, `{"due":"2026-12-13","suspended":false,"return_by":"2026-12-14","due_rolled":"2026-12-14","days_late":null,"percent_completed":null,"percent_begun":null,"interest":null}`},
		{"R8", explain.RefundArgs{Informed: "2026-11-24"}, `{"due":"2026-12-08","suspended":true,"return_by":"2026-12-08","due_rolled":null,"days_late":null,"percent_completed":null,"percent_begun":null,"interest":null}`},
		{"P14", explain.RefundArgs{Informed: "2026-11-24", Service: true, Refunded: "2027-05-09"}, `{"due":"2026-12-08","suspended":false,"return_by":null,"due_rolled":"2026-12-08","days_late":152,"percent_completed":60,"percent_begun":65,"interest":null}`},
		{"P19", explain.RefundArgs{Informed: "2026-11-24", Recovered: "2026-11-30", Refunded: "2026-12-15", Sum: "100.00", Price: "100.00", Rate: "6.67"}, `{"due":"2026-12-08","suspended":false,"return_by":"2026-12-08","due_rolled":"2026-12-08","days_late":7,"percent_completed":0,"percent_begun":0,"interest":{"value":"0.13","currency":"EUR"}}`},
		{"no rate", explain.RefundArgs{Informed: "2026-11-24", Service: true, Refunded: "2026-12-15", Sum: "100.00"}, `{"due":"2026-12-08","suspended":false,"return_by":null,"due_rolled":"2026-12-08","days_late":7,"percent_completed":0,"percent_begun":0,"interest":null}`},
		{"no rate needed", explain.RefundArgs{Informed: "2026-11-24", Service: true, Refunded: "2026-12-19", Sum: "100.00"}, `{"due":"2026-12-08","suspended":false,"return_by":null,"due_rolled":"2026-12-08","days_late":11,"percent_completed":5,"percent_begun":5,"interest":{"value":"0.00","currency":"EUR"}}`},
		{"at the price", explain.RefundArgs{Informed: "2026-11-24", Service: true, Refunded: "2027-05-09", Sum: "104.90", Price: "60", Rate: "6.67"}, `{"due":"2026-12-08","suspended":false,"return_by":null,"due_rolled":"2026-12-08","days_late":152,"percent_completed":57.2,"percent_begun":57.2,"interest":{"value":"0.02","currency":"EUR"}}`},
	} {
		if diff := cmp.Diff(tt.want, asked(t, func(out, errs io.Writer) int { return explain.Refund(tt.args, out, errs) })); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, diff)
		}
	}
}

func TestOtherDeadlines(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		run  func(out, errs io.Writer) int
		want string
	}{
		{"D2", func(out, errs io.Writer) int {
			return explain.Delivery(explain.DeliveryArgs{Concluded: "2026-12-02"}, out, errs)
		}, `{"deliver_by":"2027-01-01","refund_due":null,"percent":null}`},
		{"promised, ended", func(out, errs io.Writer) int {
			return explain.Delivery(explain.DeliveryArgs{Concluded: "2026-12-02", Promised: "2026-12-10", Terminated: "2026-12-28"}, out, errs)
		}, `{"deliver_by":"2026-12-10","refund_due":"2027-01-11","percent":null}`},
		{"D5", func(out, errs io.Writer) int {
			return explain.Delivery(explain.DeliveryArgs{Concluded: "2026-12-02", Terminated: "2026-12-28", Refunded: "2027-01-12"}, out, errs)
		}, `{"deliver_by":"2027-01-01","refund_due":"2027-01-11","percent":10}`},
		{"D4 in time", func(out, errs io.Writer) int {
			return explain.Delivery(explain.DeliveryArgs{Concluded: "2026-12-02", Terminated: "2026-12-28", Refunded: "2027-01-11"}, out, errs)
		}, `{"deliver_by":"2027-01-01","refund_due":"2027-01-11","percent":0}`},
		{"G1", func(out, errs io.Writer) int {
			return explain.Guarantee(explain.GuaranteeArgs{Delivered: "2026-11-23"}, out, errs)
		}, `{"until":"2028-11-23"}`},
		{"G1 repaired", func(out, errs io.Writer) int {
			return explain.Guarantee(explain.GuaranteeArgs{Delivered: "2026-11-23", Repairs: "1"}, out, errs)
		}, `{"until":"2029-05-23"}`},
		{"G6", func(out, errs io.Writer) int {
			return explain.DataRequest(explain.DataRequestArgs{Received: "2027-01-31"}, out, errs)
		}, `{"due":"2027-02-28","due_rolled":"2027-03-01"}`},
		{"G6 extended", func(out, errs io.Writer) int {
			return explain.DataRequest(explain.DataRequestArgs{Received: "2027-01-31", Extended: true}, out, errs)
		}, `{"due":"2027-04-30","due_rolled":"2027-04-30"}`},
	} {
		if diff := cmp.Diff(tt.want, asked(t, tt.run)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.name, diff)
		}
	}
}

func TestDeadlineSpeaksBothLanguages(t *testing.T) {
	t.Parallel()
	for language, want := range map[string]string{
		"": "Le délai court de la réception", "fr": "Le délai court de la réception", "en": "The period runs from receipt",
	} {
		var out, errs bytes.Buffer
		explain.Withdrawal(explain.WithdrawalArgs{Received: []string{"2026-11-23"}, Lang: language}, &out, &errs)
		if !strings.Contains(out.String(), want) || !strings.Contains(out.String(), `"L221-19 c. conso"`) {
			t.Errorf("%q: %s", language, out.String())
		}
	}
}

func TestDeadlineRefuses(t *testing.T) {
	t.Parallel()
	good := []string{"2026-11-23"}
	for _, tt := range []struct {
		names string
		run   func(out, errs io.Writer) int
	}{
		{"--received", withdrawal(explain.WithdrawalArgs{Received: []string{"2026-11-23", "2026-02-30"}})},
		{"--received", withdrawal(explain.WithdrawalArgs{Received: []string{"2026-11-23", ""}})},
		{"--received", withdrawal(explain.WithdrawalArgs{Received: []string{"0000-01-01"}})},
		{"--received", withdrawal(explain.WithdrawalArgs{Received: []string{"9999-12-31"}})},
		{"--zone", withdrawal(explain.WithdrawalArgs{Received: good, Zone: "FR-75"})},
		{"--kind", withdrawal(explain.WithdrawalArgs{Received: good, Kind: "rental"})},
		{"--concluded", withdrawal(explain.WithdrawalArgs{Received: good, Concluded: "yesterday"})},
		{"--informed", withdrawal(explain.WithdrawalArgs{Received: good, Informed: "no"})},
		{"--days", withdrawal(explain.WithdrawalArgs{Received: good, Days: "0"})},
		{"--days", withdrawal(explain.WithdrawalArgs{Received: good, Days: "3651"})},
		{"--days", withdrawal(explain.WithdrawalArgs{Received: good, Days: "a\nfew"})},
		{"--declared", withdrawal(explain.WithdrawalArgs{Received: good, Declared: "noon"})},
		{"--lang", withdrawal(explain.WithdrawalArgs{Received: good, Lang: "de"})},
		{"--informed", refund(explain.RefundArgs{})},
		{"--recovered", refund(explain.RefundArgs{Informed: "2026-11-24", Recovered: "x"})},
		{"--dispatched", refund(explain.RefundArgs{Informed: "2026-11-24", Dispatched: "x"})},
		{"--refunded", refund(explain.RefundArgs{Informed: "2026-11-24", Refunded: "x"})},
		{"--sum", refund(explain.RefundArgs{Informed: "2026-11-24", Sum: "49,90"})},
		{"--sum", refund(explain.RefundArgs{Informed: "2026-11-24", Sum: "-1"})},
		{"--price", refund(explain.RefundArgs{Informed: "2026-11-24", Price: "x"})},
		{"--rate", refund(explain.RefundArgs{Informed: "2026-11-24", Rate: "6,67"})},
		{"--lang", refund(explain.RefundArgs{Informed: "2026-11-24", Lang: "it"})},
		{"--concluded", delivery(explain.DeliveryArgs{})},
		{"--promised", delivery(explain.DeliveryArgs{Concluded: "2026-11-22", Promised: "x"})},
		{"--terminated", delivery(explain.DeliveryArgs{Concluded: "2026-11-22", Terminated: "x"})},
		{"--refunded", delivery(explain.DeliveryArgs{Concluded: "2026-11-22", Refunded: "2026-12-01"})},
		{"--delivered", guarantee(explain.GuaranteeArgs{})},
		{"--repairs", guarantee(explain.GuaranteeArgs{Delivered: "2026-11-23", Repairs: "-1"})},
		{"--repairs", guarantee(explain.GuaranteeArgs{Delivered: "2026-11-23", Repairs: "101"})},
		{"--received", dataRequest(explain.DataRequestArgs{})},
		{"--lang", dataRequest(explain.DataRequestArgs{Received: "2026-11-23", Lang: "x"})},
		{"--lang", func(out, errs io.Writer) int {
			return explain.Phone("es", []string{"3639"}, strings.NewReader(""), out, errs)
		}},
	} {
		var out, errs bytes.Buffer
		code := tt.run(&out, &errs)
		if line := errs.String(); code != explain.ExitBadUsage || out.Len() > 0 || strings.Count(line, "\n") != 1 || !strings.HasPrefix(line, tt.names+":") {
			t.Errorf("%s: code %d, stdout %q, stderr %q", tt.names, code, out.String(), line)
		}
	}
}

func withdrawal(a explain.WithdrawalArgs) func(out, errs io.Writer) int {
	return func(out, errs io.Writer) int { return explain.Withdrawal(a, out, errs) }
}

func refund(a explain.RefundArgs) func(out, errs io.Writer) int {
	return func(out, errs io.Writer) int { return explain.Refund(a, out, errs) }
}

func delivery(a explain.DeliveryArgs) func(out, errs io.Writer) int {
	return func(out, errs io.Writer) int { return explain.Delivery(a, out, errs) }
}

func guarantee(a explain.GuaranteeArgs) func(out, errs io.Writer) int {
	return func(out, errs io.Writer) int { return explain.Guarantee(a, out, errs) }
}

func dataRequest(a explain.DataRequestArgs) func(out, errs io.Writer) int {
	return func(out, errs io.Writer) int { return explain.DataRequest(a, out, errs) }
}
