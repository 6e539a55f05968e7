package app

import (
	"net/http"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/notify"
	"github.com/comptoir-desk/comptoir/internal/site"
	"github.com/comptoir-desk/comptoir/web"
)

// newHandler joins the API and the web app.
func (a *App) newHandler() http.Handler {
	mux := http.NewServeMux()
	rest := api.New(api.Parts{
		DB: a.db, Blobs: a.blobs, Clock: a.clock, Log: a.log, Events: a.events, Hub: a.hub, Board: a.board, Desk: a.desk, Reply: a.reply, Asks: a.asks, Readings: a.readings,
		Post: a.post, Intake: a.intake, Shops: a.shops, Team: a.team, Views: a.views, Answers: a.answers, Incidents: a.incidents, Hooks: a.hooks, Figures: a.figures, Push: a.push, Notify: a.notify, Mail: mailControl{a}, Setup: a.host, Version: Version,
		URL: strings.TrimRight(a.config.URL, "/"), Proxies: a.proxies,
	})
	mux.Handle("/api", rest)
	mux.Handle("/api/", rest)
	mux.Handle(api.SharedFiles, rest)
	pages := site.New(site.Parts{
		Asks: a.asks, Blobs: a.blobs, Clock: a.clock, Log: a.log, MAC: a.box.MAC, Remote: a.proxies.Remote,
	})
	for _, path := range site.Paths {
		mux.Handle(path, pages)
	}
	mux.Handle(notify.UnsubscribePath, rest)
	mux.Handle("/", webApp(web.Desk()))
	return mux
}
