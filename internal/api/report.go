package api

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/report"
)

// ReportQuery narrows the figures of the leader's page.
type ReportQuery struct {
	From    string `query:"from" required:"true" format:"date" doc:"First day, in the shop's zone"`
	To      string `query:"to" required:"true" format:"date" doc:"Last day; a period is 400 days at most"`
	Mailbox int64  `query:"mailbox" minimum:"1"`
	Team    int64  `query:"team" minimum:"1"`
	Reason  int64  `query:"reason" minimum:"1" doc:"With the reasons below it"`
	Person  int64  `query:"person" minimum:"1" doc:"Who answered; an agent asks for their own"`
	Kind    string `query:"kind" enum:"answer,call_back,send,refund,lead,reading,sort,other" doc:"Of promise"`
}

func (q ReportQuery) filter() (f report.Filter, err error) {
	if f.From, err = calendar.ParseDate(q.From); err != nil {
		return f, fault.Wrong("from", "Give a day as YYYY-MM-DD.")
	}
	if f.To, err = calendar.ParseDate(q.To); err != nil {
		return f, fault.Wrong("to", "Give a day as YYYY-MM-DD.")
	}
	f.Mailbox, f.Team, f.Reason, f.Person, f.Kind = id.Mailbox(q.Mailbox), id.Team(q.Team), id.Reason(q.Reason), id.Person(q.Person), q.Kind
	return f, nil
}

type reportOut struct{ Body report.Figures }

func (s *Server) reportPage(ctx context.Context, in *ReportQuery) (*reportOut, error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	page, err := s.Figures.Read(ctx, actor(ctx), f)
	return &reportOut{page}, err
}

type forecastOut struct{ Body report.Forecast }

func (s *Server) forecast(ctx context.Context, _ *struct{}) (*forecastOut, error) {
	f, err := s.Figures.Now(ctx, actor(ctx))
	return &forecastOut{f}, err
}

type arrangementBody struct {
	Body struct {
		Blocks []report.PageBlock `json:"blocks" nullable:"false" maxItems:"50"`
	}
}

func (s *Server) arrangement(ctx context.Context, _ *struct{}) (*arrangementBody, error) {
	out := &arrangementBody{}
	var err error
	out.Body.Blocks, err = s.Figures.Arrangement(ctx, actor(ctx))
	return out, err
}

func (s *Server) arrange(ctx context.Context, in *arrangementBody) (*struct{}, error) {
	return nil, s.Figures.Arrange(ctx, actor(ctx), in.Body.Blocks)
}

// reportTable hands out one of the page's tables as CSV, of the same period and
// narrowed alike.
func (s *Server) reportTable(w http.ResponseWriter, r *http.Request) error {
	q, err := reportQuery(r.URL.Query())
	if err != nil {
		return err
	}
	f, err := q.filter()
	if err != nil {
		return err
	}
	page, err := s.Figures.Read(r.Context(), actor(r.Context()), f)
	if err != nil {
		return err
	}
	table := r.PathValue("table")
	if !report.IsTable(table) {
		return fault.Missing("table")
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8; header=present")
	w.Header().Set("Content-Disposition", `attachment; filename="comptoir-`+table+"-"+page.From+"-"+page.To+`.csv"`)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	return page.WriteCSV(w, table)
}

// reportQuery reads by hand what huma reads for the JSON of the same page.
func reportQuery(q url.Values) (out ReportQuery, err error) {
	out = ReportQuery{From: q.Get("from"), To: q.Get("to"), Kind: q.Get("kind")}
	for name, into := range map[string]*int64{"mailbox": &out.Mailbox, "team": &out.Team, "reason": &out.Reason, "person": &out.Person} {
		text := q.Get(name)
		if text == "" {
			continue
		}
		if *into, err = strconv.ParseInt(text, 10, 64); err != nil || *into < 1 {
			return out, fault.Wrong(name, "Give a number of at least 1.")
		}
	}
	return out, nil
}
