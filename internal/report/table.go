package report

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/fault"
)

// Tables are those that can be had as CSV.
var Tables = []string{"promises", "times", "volume", "backlog", "hours", "reasons", "mailboxes", "teams", "people"}

// IsTable tells whether there is such a table.
func IsTable(name string) bool { return slices.Contains(Tables, name) }

// byteOrderMark makes spreadsheets read UTF-8: without it, those that customers
// of ours use show "Véronica".
const byteOrderMark = "\ufeff"

// WriteCSV writes one of the page's tables, RFC 4180 with UTF-8 and its mark.
// Durations are seconds. Column names are English, as in the API: other
// programs read them. What a spreadsheet would run is made text (I8).
func (p Figures) WriteCSV(w io.Writer, table string) error {
	rows := p.table(table)
	if rows == nil {
		return fault.Missing("table")
	}
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	for _, row := range rows {
		for i, field := range row {
			row[i] = harmless(field)
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// harmless puts an apostrophe before what a spreadsheet would take for a
// formula (OWASP, CSV injection): it begins with one of these signs, after
// blanks too. A negative number stays one.
func harmless(field string) string {
	if field == "" {
		return field
	}
	begins := strings.TrimLeft(field, " \u00a0\u202f")
	if _, err := strconv.ParseFloat(begins, 64); err == nil {
		return field
	}
	if begins != "" && slices.Contains([]rune("=+-@|%\t\r\n\uff1d\uff0b\uff0d\uff20"), []rune(begins)[0]) {
		return "'" + field
	}
	return field
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

func perhaps(n *int64) string {
	if n == nil {
		return ""
	}
	return number(*n)
}

func share(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'f', 4, 64)
}

var (
	promiseHead = []string{"opened", "kept", "kept_near", "broken", "kept_late", "waived", "passed", "ended", "taken_back", "open", "share_kept"}
	timeHead    = []string{"answers", "median_clock_s", "p90_clock_s", "median_open_s", "p90_open_s"}
)

func (p PromiseFigures) fields() []string {
	return []string{
		number(p.Opened), number(p.Kept), number(p.KeptNear), number(p.Broken), number(p.KeptLate), number(p.Waived), number(p.Passed),
		number(p.Ended), number(p.TakenBack), number(p.Open), share(p.Share),
	}
}

func (t AnswerTimes) fields() []string {
	return []string{number(t.Sample), perhaps(t.Clock.Median), perhaps(t.Clock.P90), perhaps(t.Open.Median), perhaps(t.Open.P90)}
}

// table gives a table's rows, the head first; nil for an unknown one.
func (p Figures) table(name string) (rows [][]string) {
	switch name {
	case "promises":
		rows = append(rows, slices.Concat([]string{"kind"}, promiseHead))
		for _, k := range p.Kinds {
			rows = append(rows, slices.Concat([]string{k.Name}, k.Promises.fields()))
		}
	case "times":
		rows = append(rows, slices.Concat([]string{"day"}, timeHead))
		for _, d := range p.Days {
			rows = append(rows, slices.Concat([]string{d.Day}, d.Times.fields()))
		}
	case "volume":
		rows = append(rows, []string{"day", "asked", "arrived", "answered", "opened", "kept", "broken"})
		for _, d := range p.Days {
			rows = append(rows, []string{
				d.Day, number(d.Asked), number(d.Arrived), number(d.Answered), number(d.Promises.Opened), number(d.Promises.Kept), number(d.Promises.Broken),
			})
		}
	case "backlog":
		rows = append(rows, []string{"day", "hour", "open"})
		for _, b := range p.Backlog {
			hour := ""
			if b.Hour != nil {
				hour = strconv.Itoa(*b.Hour)
			}
			rows = append(rows, []string{b.Day, hour, number(b.Open)})
		}
	case "hours":
		rows = append(rows, []string{"hour", "arrived", "answered"})
		for _, h := range p.Hours {
			rows = append(rows, []string{strconv.Itoa(h.Hour), number(h.Arrived), number(h.Answered)})
		}
	case "reasons":
		rows = tableOf(p.Reasons)
	case "mailboxes":
		rows = tableOf(p.Mailboxes)
	case "teams":
		rows = tableOf(p.Teams)
	case "people":
		rows = append(rows, slices.Concat([]string{"id", "name", "answered"}, timeHead))
		for _, r := range p.People {
			rows = append(rows, slices.Concat([]string{number(r.ID), r.Name, number(r.Answered)}, r.Times.fields()))
		}
	}
	return rows
}

func tableOf(list []PartFigures) [][]string {
	rows := [][]string{slices.Concat([]string{"id", "parent", "name", "asked", "arrived", "answered"}, promiseHead, timeHead)}
	for _, r := range list {
		rows = append(rows, slices.Concat(
			[]string{number(r.ID), number(r.Parent), r.Name, number(r.Asked), number(r.Arrived), number(r.Answered)}, r.Promises.fields(), r.Times.fields(),
		))
	}
	return rows
}
