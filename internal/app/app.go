package app

import (
	"context"
	"crypto/x509"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/ask"
	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/channel/mail"
	"github.com/comptoir-desk/comptoir/internal/channel/mail/imapin"
	"github.com/comptoir-desk/comptoir/internal/channel/mail/smtpout"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/incident"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/knowledge"
	"github.com/comptoir-desk/comptoir/internal/live"
	"github.com/comptoir-desk/comptoir/internal/notify"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/push"
	"github.com/comptoir-desk/comptoir/internal/reading"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/report"
	"github.com/comptoir-desk/comptoir/internal/safehttp"
	"github.com/comptoir-desk/comptoir/internal/search"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/view"
	"github.com/comptoir-desk/comptoir/internal/webhook"
)

// App is one desk with all its parts, on one store. It is a value: tests run
// several beside each other.
type App struct {
	config    Config
	log       *slog.Logger
	clock     clock.Clock
	db        *store.DB
	blobs     *blob.Folder
	events    *event.Log
	queue     jobs.Queue
	box       *secret.Box
	shops     *shop.Service
	team      *team.Service
	ledger    *promise.Ledger
	desk      *desk.Desk
	indexes   *search.Builder
	intake    *intake.Intake
	post      *delivery.Post
	reply     *reply.Service
	asks      *ask.Service
	readings  *reading.Service
	notify    *notify.Service
	hooks     *webhook.Service
	figures   *report.Service
	views     *view.Lists
	answers   *knowledge.Service
	hub       *live.Hub
	workers   *jobs.Workers
	imap      *imapin.Service
	out       *outgoing
	tokens    *tokens
	handler   http.Handler
	changes   chan struct{} // mailboxes were changed: look at the list again
	mode      atomic.Value  // string: fresh, demo or shop
	host      *Host
	proxies   api.Proxies
	parser    *mail.Parser
	incidents *incident.Service
	links     knowledge.Links
	board     *live.Board
	push      *push.Service
}

// newApp opens the store at p and puts the parts together. Nothing runs before
// run. The clock is given, so that the demo shop can tell its story.
func newApp(ctx context.Context, c Config, p place, clk clock.Clock, log *slog.Logger) (*App, error) {
	db, err := store.Open(ctx, p.store)
	if err != nil {
		return nil, err
	}
	a := &App{config: c, log: log, clock: clk, db: db, queue: jobs.Queue{Clock: clk}, changes: make(chan struct{}, 1)}
	if err := a.assemble(ctx, p); err != nil {
		_ = db.Close()
		return nil, err
	}
	return a, nil
}

func (a *App) assemble(ctx context.Context, p place) (err error) {
	if err = a.db.InTx(ctx, event.EnsureEpoch); err != nil {
		return err
	}
	if a.blobs, err = blob.OpenFolder(p.blobs); err != nil {
		return err
	}
	if a.box, err = secret.Open(a.config.Data, a.config.Secret); err != nil {
		return err
	}
	roots, err := mailRoots(a.config.MailCA)
	if err != nil {
		return err
	}
	if a.proxies, err = api.ParseProxies(a.config.TrustedProxies); err != nil {
		return fmt.Errorf("trusted-proxies: %w", err)
	}
	a.events = event.NewLog(a.db, a.clock, reactions(a.queue))
	a.tokens = &tokens{}
	a.shops = shop.New(shop.Config{DB: a.db, Events: a.events, Clock: a.clock, Box: a.box})
	a.ledger = &promise.Ledger{Log: a.events, Clock: a.clock, Hours: a.shops.HoursAndDelay}
	a.desk = &desk.Desk{DB: a.db, Clock: a.clock, Log: a.events, Queue: a.queue, Ledger: a.ledger}
	a.indexes = &search.Builder{DB: a.db, Clock: a.clock, Queue: a.queue, Archive: desk.Archive{}}
	a.intake = &intake.Intake{DB: a.db, Blobs: a.blobs, Queue: a.queue, Events: a.events, Clock: a.clock}
	a.out = &outgoing{
		db: a.db, shops: a.shops, roots: roots, tokens: a.tokens, plain: a.config.PlainMail, hello: a.config.SMTPName,
		pool: smtpout.NewPool(smtpout.Config{Clock: a.clock, PerDomainMinute: 120}),
	}
	a.post = &delivery.Post{DB: a.db, Blobs: a.blobs, Clock: a.clock, Log: a.events, Queue: a.queue, Desk: a.desk, Sender: a.out}
	a.notify = &notify.Service{
		DB: a.db, Clock: a.clock, Queue: a.queue, Shops: a.shops, Box: a.box, URL: strings.TrimRight(a.config.URL, "/"),
	}
	a.team = team.New(team.Config{DB: a.db, Events: a.events, Clock: a.clock, Box: a.box, Mailer: a.notify})
	a.answers = &knowledge.Service{Clock: a.clock, Events: a.events, Shops: a.shops, Team: a.team}
	a.links = knowledge.Links{DB: a.db, Clock: a.clock, Ask: askPage}
	a.reply = &reply.Service{
		DB: a.db, Blobs: a.blobs, Clock: a.clock, Log: a.events, Desk: a.desk, Post: a.post, Shops: a.shops, Team: a.team,
		Links: reply.Links{URL: strings.TrimRight(a.config.URL, "/"), MAC: a.box.MAC}, Banners: incident.Banners,
	}
	a.incidents = &incident.Service{
		DB: a.db, Clock: a.clock, Log: a.events, Queue: a.queue, Team: a.team, Answers: a.answers, Reply: a.reply,
	}
	a.notify.Team, a.notify.Reply = a.team, a.reply
	a.asks = &ask.Service{
		DB: a.db, Blobs: a.blobs, Clock: a.clock, Log: a.events, Desk: a.desk, Post: a.post, Reply: a.reply, Shops: a.shops,
		URL: strings.TrimRight(a.config.URL, "/"),
	}
	a.desk.Inside = a.asks
	a.readings = &reading.Service{
		DB: a.db, Clock: a.clock, Log: a.events, Desk: a.desk, Reply: a.reply, Shops: a.shops, Team: a.team,
	}
	allow, err := safehttp.ParseNetworks(a.config.WebhookAllow)
	if err != nil {
		return fmt.Errorf("webhook-allow: %w", err)
	}
	a.hooks = webhook.New(webhook.Config{
		DB: a.db, Events: a.events, Queue: a.queue, Clock: a.clock, Box: a.box, URL: strings.TrimRight(a.config.URL, "/"), Allow: allow,
	})
	pushAllow, err := safehttp.ParseNetworks(a.config.PushAllow)
	if err != nil {
		return fmt.Errorf("push-allow: %w", err)
	}
	a.push = push.New(push.Config{DB: a.db, Clock: a.clock, Box: a.box, URL: strings.TrimRight(a.config.URL, "/"), Allow: pushAllow})
	a.notify.Push = a.push
	a.figures = &report.Service{DB: a.db, Events: a.events, Queue: a.queue, Clock: a.clock, Shops: a.shops, Past: past{a}}
	a.views = view.New(view.Config{
		DB: a.db, Clock: a.clock, Team: a.team, Blobs: a.blobs, LogoURL: func(id.Shop) string { return "/api/v1/shop/logo" },
	})
	a.hub = live.NewHub(a.db, a.log)
	a.board = live.NewBoard(a.db, a.clock)
	a.imap = imapin.New(imapin.Config{
		DB: a.db, Intake: a.intake, Mailboxes: mailboxes{a}, Recorder: recorder{a}, Queue: a.queue, Clock: a.clock, Log: a.log,
		Limits: imapin.Limits{MailSize: a.config.MaxMailSize}, History: a.config.History, RootCAs: roots, AllowPlain: a.config.PlainMail,
		Tokens: a.tokens,
	})
	a.parser = &mail.Parser{
		DB: a.db, Blobs: a.blobs, Intake: a.intake, Desk: receiver{a.desk, a.post}, Queue: a.queue, Own: a.ownAddresses, Log: a.log,
	}
	a.workers = jobs.NewWorkers(a.db, a.clock, a.log, map[jobs.Pool]int{
		jobs.PoolIntake: 16, jobs.PoolSend: 4, jobs.PoolReact: 2, jobs.PoolChores: 2, jobs.PoolWebhooks: 8, jobs.PoolPush: 4,
	})
	a.handle()
	return a.indexes.Ensure(ctx)
}

// handle names who does which job.
func (a *App) handle() {
	a.workers.Handle(intake.ParseJob, a.parser.Handle)
	a.workers.Handle(imapin.ReconcileJob, a.imap.ReconcileHandler)
	a.workers.Handle(imapin.SettleJob, a.imap.SettleHandler)
	a.workers.Handle(delivery.SendJob, a.post.Send)
	a.workers.Handle(reply.AcknowledgeJob, a.reply.Acknowledge)
	a.workers.Handle(reply.RemindJob, a.reply.Remind)
	a.workers.Handle(ask.LateJob, a.asks.Late)
	a.workers.Handle(ask.FailedJob, a.asks.Failed)
	a.workers.Handle(desk.AngerJob, a.desk.ReadAnger)
	a.workers.Handle(search.BuildJob, a.indexes.Build)
	a.workers.Handle(notify.AccessJob, a.notify.Access)
	a.workers.Handle(notify.PromiseJob, a.notify.Promise)
	a.workers.Handle(notify.DigestJob, a.notify.Digest)
	a.workers.Handle(notify.WebhookJob, a.notify.Webhook)
	a.workers.Handle(notify.RingJob, a.notify.Ring)
	a.workers.Handle(notify.MentionJob, a.notify.Mention)
	a.workers.Handle(notify.MorningJob, a.notify.Morning)
	a.workers.Handle(webhook.RunJob, a.hooks.Run)
	a.workers.Handle(incident.SendJob, a.incidents.Work)
	a.workers.Handle(report.FoldJob, a.figures.Fold)
	a.workers.Handle(report.AuditJob, a.figures.ReadPast)
}

// run works until ctx ends: jobs, clocks, mailboxes, other nodes' news.
func (a *App) run(ctx context.Context) {
	a.rescueOwn(ctx)
	var parts sync.WaitGroup
	for _, part := range []func(context.Context){
		a.workers.Run, a.hub.Run, a.runClocks, a.runChores, a.runMemory, a.watchMailboxes, a.runWebhooks, a.runFigures,
		func(ctx context.Context) { a.imap.Run(ctx, a.changes) },
	} {
		parts.Go(func() { part(ctx) })
	}
	parts.Wait()
}

// rescueOwn: on SQLite this process is the only one, so whatever is marked as
// running was running in a process that is gone.
func (a *App) rescueOwn(ctx context.Context) {
	if a.db.Dialect() != store.SQLite {
		return
	}
	if err := a.workers.RescueAll(ctx); err != nil {
		a.log.Error("rescue jobs", "error", err)
	}
	if err := a.hooks.ReleaseAll(ctx); err != nil {
		a.log.Error("release webhooks", "error", err)
	}
}

// close ends connections and the store; run has returned.
func (a *App) close() error {
	a.out.pool.Close()
	return a.db.Close()
}

func mailRoots(path string) (*x509.CertPool, error) {
	if path == "" {
		return nil, nil //nolint:nilnil // nil means the system's own
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		return nil, err
	}
	pem, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("mail-ca: %w", err)
	}
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("mail-ca: no certificate in %s", path)
	}
	return pool, nil
}

// longestNap bounds every wait of the clocks (I5).
const longestNap = time.Minute
