package app

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/app/archive"
	"github.com/comptoir-desk/comptoir/internal/app/doctor"
	"github.com/comptoir-desk/comptoir/internal/channel/mail/imapin"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
)

type doctorCommand struct {
	Lang string `help:"Language of the findings: fr or en; that of the terminal by default." enum:",fr,en" default:""`
	JSON bool   `name:"json" help:"For a program."`
	Demo bool   `help:"Look at the demo shop."`
}

// Run makes every check and prints what to do. It exits 1 when one failed.
func (d doctorCommand) Run(ctx context.Context, c Config, io Streams) error {
	p := c.shopPlace()
	if d.Demo {
		p = c.demoPlace()
	}
	v := &visit{config: c, place: p, clock: clock.System{}, resolver: net.DefaultResolver}
	v.all(ctx)
	write := doctor.Print
	if d.JSON {
		write = doctor.PrintJSON
	}
	if err := write(io.Out, v.findings, d.language()); err != nil {
		return err
	}
	if doctor.Failed(v.findings) {
		return errExit(1)
	}
	return nil
}

// language of the terminal, by the order that POSIX gives its variables.
func (d doctorCommand) language() string {
	if d.Lang != "" {
		return d.Lang
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := os.Getenv(name); value != "" {
			if strings.HasPrefix(strings.ToLower(value), "fr") {
				return "fr"
			}
			return "en"
		}
	}
	return "en"
}

// visit is one round of all checks.
type visit struct {
	config   Config
	place    place
	clock    clock.Clock
	resolver doctor.Resolver
	findings []doctor.Finding
}

func (v *visit) add(list ...doctor.Finding) { v.findings = append(v.findings, list...) }

func (v *visit) tell(check, about string, state doctor.State, says, do doctor.Text) {
	v.add(doctor.Finding{Check: check, About: about, State: state, Says: says, Do: do})
}

func (v *visit) all(ctx context.Context) {
	v.configuration()
	v.add(doctor.Folder(doctor.Machine{Now: v.clock.Now(), Free: freeSpace}, v.config.Data)...)
	db, ok := v.store(ctx)
	if !ok {
		return
	}
	defer db.Close() //nolint:errcheck // nothing was written
	work, err := doctor.Work(ctx, db, v.clock.Now)
	v.add(work...)
	if err != nil {
		v.broken(err)
		return
	}
	v.mailboxes(ctx, db)
}

func (v *visit) broken(err error) {
	v.tell("store", "", doctor.Fail, doctor.Text{
		FR: "La base ne répond pas comme il faut : " + err.Error(), EN: "The database does not answer as it should: " + err.Error(),
	}, doctor.Text{
		FR: "Gardez une copie du dossier de données, puis ramenez la dernière sauvegarde (comptoir restore).",
		EN: "Keep a copy of the data folder, then bring the last backup back (comptoir restore).",
	})
}

// configuration says what would keep the desk from starting, or make its links
// and its mail listener useless.
func (v *visit) configuration() {
	before := len(v.findings)
	c := v.config
	wrong := func(about string, state doctor.State, fr, en, doFR, doEN string) {
		v.tell("config", about, state, doctor.Text{FR: fr, EN: en}, doctor.Text{FR: doFR, EN: doEN})
	}
	if _, err := mailRoots(c.MailCA); err != nil {
		wrong("mail-ca", doctor.Fail, err.Error(), err.Error(), "Indiquez un fichier PEM lisible.", "Name a readable PEM file.")
	}
	if c.Secret != "" {
		if _, err := secret.Open("", c.Secret); err != nil {
			wrong("secret", doctor.Fail, err.Error(), err.Error(), "Donnez 32 octets en hexadécimal ou en base64.", "Give 32 bytes as hex or base64.")
		}
	}
	if (c.SMTPCert == "") != (c.SMTPKey == "") {
		wrong("smtp-cert", doctor.Fail, "Certificat et clé vont ensemble.", "Certificate and key go together.", "Indiquez --smtp-cert et --smtp-key.", "Give --smtp-cert and --smtp-key.")
	}
	_, err := api.ParseProxies(c.TrustedProxies)
	if err != nil {
		wrong("trusted-proxies", doctor.Fail, err.Error(), err.Error(), "Indiquez des adresses ou des réseaux, séparés par des virgules.", "Give addresses or networks, separated by commas.")
	}
	u, err := url.Parse(c.URL)
	host, _, _ := net.SplitHostPort(c.Listen) // what is wrong with it is told by the start
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		wrong("url", doctor.Fail, "« "+c.URL+" » n'est pas une adresse web.", "“"+c.URL+"” is no web address.", "Indiquez l'adresse par laquelle on ouvre Comptoir, avec https://.", "Give the address by which people open Comptoir, with https://.")
	case isLocal(u.Hostname()) && !isLocal(host):
		wrong("url", doctor.Warn, "Les liens des mails mènent à "+c.URL+", que seule cette machine ouvre.", "Links in mails lead to "+c.URL+", which only this machine opens.", "Indiquez par --url l'adresse que l'équipe utilise.", "Give by --url the address that the team uses.")
	case u.Scheme == "http" && !isLocal(u.Hostname()):
		wrong("url", doctor.Warn, "L'adresse "+c.URL+" n'est pas chiffrée.", "The address "+c.URL+" is not encrypted.", "Mettez un serveur web avec certificat devant Comptoir et indiquez https://.", "Put a web server with a certificate before Comptoir and give https://.")
	}
	if u != nil && u.Scheme == "https" && len(c.TrustedProxies) == 0 {
		wrong("trusted-proxies", doctor.Warn,
			"L'adresse est en https, donc un serveur web est devant Comptoir, mais il n'est pas dans --trusted-proxies : les cookies ne sont pas marqués « secure » et tout le monde partage une seule limite d'essais.",
			"The address is https, so a web server stands before Comptoir, but it is not in --trusted-proxies: cookies are not marked secure, and everybody shares one limit on attempts.",
			"Indiquez son adresse par --trusted-proxies (127.0.0.1 s'il est sur cette machine) ; le journal nomme l'adresse non reconnue.",
			"Give its address by --trusted-proxies (127.0.0.1 if it is on this machine); the log names the address that is not trusted.")
	}
	if len(v.findings) == before {
		v.tell("config", "", doctor.OK, doctor.Text{FR: "La configuration est lisible.", EN: "The configuration is readable."}, doctor.Text{})
	}
}

func isLocal(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// store opens the database as it is: a doctor migrates nothing.
func (v *visit) store(ctx context.Context) (*store.DB, bool) {
	at := archive.Place{Store: v.place.store}
	has, err := archive.SchemaOf(ctx, at)
	if err != nil && v.config.Database == "" && !exists(v.place.store) {
		v.tell("store", "", doctor.Warn, doctor.Text{FR: "Il n'y a pas encore de comptoir ici.", EN: "There is no desk here yet."}, doctor.Text{
			FR: "Lancez « comptoir serve », puis ouvrez la page indiquée.", EN: "Run “comptoir serve”, then open the page that it names.",
		})
		return nil, false
	}
	if err != nil {
		v.tell("store", "", doctor.Fail, doctor.Text{FR: "La base ne s'ouvre pas : " + err.Error(), EN: "The database cannot be opened: " + err.Error()}, doctor.Text{
			FR: "Vérifiez --data ou --database ; un comptoir neuf se prépare par « comptoir migrate ».", EN: "Check --data or --database; a new desk is prepared by “comptoir migrate”.",
		})
		return nil, false
	}
	latest, err := archive.LatestSchema(ctx)
	if err != nil || has != latest {
		v.tell("store", "", doctor.Fail, doctor.Text{FR: "Le schéma de la base n'est pas celui de ce programme.", EN: "The database's schema is not that of this program."}, doctor.Text{
			FR: "Relancez Comptoir avec cette version (ou « comptoir migrate »).", EN: "Start Comptoir with this version (or “comptoir migrate”).",
		})
		return nil, false
	}
	if problem := archive.Whole(ctx, at); problem != "" {
		v.broken(errors.New(problem))
		return nil, false
	}
	db, err := store.Open(ctx, v.place.store)
	if err != nil {
		v.broken(err)
		return nil, false
	}
	v.tell("store", "", doctor.OK, doctor.Text{FR: "La base est entière et à jour.", EN: "The database is whole and up to date."}, doctor.Text{})
	return db, true
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// mailboxes tries each mailbox as the settings page does.
func (v *visit) mailboxes(ctx context.Context, db *store.DB) {
	a := &App{config: v.config, clock: v.clock, db: db, log: slog.New(slog.DiscardHandler)}
	a.shops = shop.New(shop.Config{DB: db, Clock: v.clock})
	var all []shop.Mailbox
	err := db.Read(ctx, func(tx *store.Tx) (err error) {
		all, err = a.shops.ActiveMailboxes(tx)
		return err
	})
	if err != nil {
		v.broken(err)
		return
	}
	if len(all) == 0 {
		v.tell("mailbox", "", doctor.Warn, doctor.Text{FR: "Aucune boîte n'est reliée.", EN: "No mailbox is connected."}, doctor.Text{
			FR: "Reliez-en une dans les réglages.", EN: "Connect one in the settings.",
		})
		return
	}
	if a.box, err = v.box(); err != nil {
		v.tell("key", "", doctor.Fail, doctor.Text{FR: "La clé est illisible : " + err.Error(), EN: "The key cannot be read: " + err.Error()}, doctor.Text{
			FR: "Ramenez secret.key d'une sauvegarde ; sinon les mots de passe des boîtes sont à saisir de nouveau.",
			EN: "Bring secret.key back from a backup; else the mailboxes' passwords must be entered again.",
		})
		return
	}
	roots, err := mailRoots(v.config.MailCA)
	if err != nil {
		return // told by configuration
	}
	a.shops = shop.New(shop.Config{DB: db, Clock: v.clock, Box: a.box})
	a.out = &outgoing{db: db, shops: a.shops, roots: roots, plain: v.config.PlainMail, hello: v.config.SMTPName, tokens: &tokens{}}
	a.imap = imapin.New(imapin.Config{
		DB: db, Clock: v.clock, Log: a.log, RootCAs: roots, AllowPlain: v.config.PlainMail, Tokens: &tokens{},
	})
	for _, m := range all {
		v.mailbox(ctx, a, m)
	}
}

// box opens the key without making one: a fresh key would hide that the old one
// is lost.
func (v *visit) box() (*secret.Box, error) {
	if v.config.Secret == "" {
		if _, err := os.Stat(filepath.Join(v.config.Data, secret.KeyFile)); err != nil {
			return nil, err
		}
	}
	return secret.Open(v.config.Data, v.config.Secret)
}

func (v *visit) mailbox(ctx context.Context, a *App, m shop.Mailbox) {
	server, sends := m.SMTP()
	if _, err := a.shops.Password(m); err != nil {
		v.tell("key", m.Address, doctor.Fail, doctor.Text{FR: "La clé n'ouvre pas le mot de passe de cette boîte.", EN: "The key does not open this mailbox's password."}, doctor.Text{
			FR: "Remettez la bonne clé (secret.key ou COMPTOIR_SECRET), ou saisissez le mot de passe de nouveau.",
			EN: "Put the right key back (secret.key or COMPTOIR_SECRET), or enter the password again.",
		})
	} else {
		in := shop.MailboxInput{
			Address: m.Address, Kind: m.Kind, Auth: m.Auth, Username: m.Username, IMAP: m.IMAP(),
			Inbox: m.Inbox, Junk: m.Junk, Sent: m.Sent, AfterIntake: m.AfterIntake, MoveTo: m.MoveTo,
		}
		if sends {
			in.SMTP = &server
		}
		v.steps(m.Address, mailControl{a}.Test(ctx, in, m.ID))
	}
	if m.Kind == shop.IMAP {
		v.add(doctor.CaughtUp(m.Address, v.clock.Now(), m.CaughtUpTo, m.CreatedAt))
	} else if v.config.SMTPListen == "" {
		v.tell("mail in", m.Address, doctor.Fail, doctor.Text{FR: "Son courrier vient d'un relais, mais rien ne l'écoute.", EN: "Its mail comes from a relay, but nothing listens for it."}, doctor.Text{
			FR: "Indiquez --smtp-listen.", EN: "Give --smtp-listen.",
		})
	}
	if v.place.demo {
		return // its domain is nobody's (RFC 2606)
	}
	if !sends {
		v.tell("mail out", m.Address, doctor.Warn, doctor.Text{FR: "Aucun serveur d'envoi : les réponses restent retenues.", EN: "No sending server: answers are held."}, doctor.Text{
			FR: "Ajoutez le serveur SMTP dans les réglages de la boîte.", EN: "Add the SMTP server in the mailbox's settings.",
		})
	}
	v.add(v.sender(a, m).DNS(ctx, v.resolver)...)
}

func (*visit) sender(a *App, m shop.Mailbox) doctor.Sender {
	s := doctor.Sender{Address: m.Address, Server: m.SMTPHost}
	if m.SealedDKIM != "" {
		key, _ := a.shops.DKIMKey(m) // "" when it cannot be unsealed, which the check then says
		s.DKIM = &doctor.DKIM{Domain: m.DKIMDomain, Selector: m.DKIMSelector, Key: key}
	}
	return s
}
