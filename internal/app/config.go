package app

import (
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"time"
)

// Config is the whole configuration: each field a flag, an environment
// variable and a key of the configuration file (JSON). The defaults run one
// shop on one machine.
type Config struct {
	Data     string `help:"Folder of the data: database file, mails, attachments, key." default:"./data" group:"Settings of every command:" env:"COMPTOIR_DATA" type:"path"`
	Database string `help:"PostgreSQL address (postgres://…). Without it an SQLite file in the data folder is used." group:"Settings of every command:" env:"COMPTOIR_DATABASE"`
	Secret   string `help:"Key that seals stored passwords: 32 bytes as hex or base64. Without it a key file in the data folder is made. Several nodes need the same." group:"Settings of every command:" env:"COMPTOIR_SECRET"`

	Listen string `help:"Address of the web app." default:"127.0.0.1:8080" group:"Settings of every command:" env:"COMPTOIR_LISTEN"`
	URL    string `help:"Address by which people reach the web app, for links in mails. Without it, localhost at the port of --listen." group:"Settings of every command:" env:"COMPTOIR_URL"`

	TrustedProxies []string `name:"trusted-proxies" help:"Web servers before Comptoir, as addresses or networks (127.0.0.1,10.0.0.0/8): of them alone X-Forwarded-For and X-Forwarded-Proto are believed. None by default." group:"Settings of every command:" env:"COMPTOIR_TRUSTED_PROXIES" placeholder:"ADDRESS,…"`

	SMTPListen  string        `name:"smtp-listen" help:"Address of the mail listener, to which a relay hands mail. Empty for none." default:"127.0.0.1:2525" group:"Settings of every command:" env:"COMPTOIR_SMTP_LISTEN"`
	SMTPName    string        `name:"smtp-name" help:"Name of the mail listener in its greeting." default:"localhost" group:"Settings of every command:" env:"COMPTOIR_SMTP_NAME"`
	SMTPCert    string        `name:"smtp-cert" help:"Certificate of the mail listener (PEM); with it STARTTLS is offered." group:"Settings of every command:" env:"COMPTOIR_SMTP_CERT" type:"path"`
	SMTPKey     string        `name:"smtp-key" help:"Key of that certificate (PEM)." group:"Settings of every command:" env:"COMPTOIR_SMTP_KEY" type:"path"`
	MaxMailSize int64         `help:"Largest mail taken in whole, in bytes; a larger one is quarantined." default:"52428800" group:"Settings of every command:" env:"COMPTOIR_MAX_MAIL_SIZE"`
	History     time.Duration `help:"How far back mail is read for context when a mailbox is first connected." default:"2160h" group:"Settings of every command:" env:"COMPTOIR_HISTORY"`
	MailCA      string        `name:"mail-ca" help:"Further certificate authority for mail servers (PEM)." group:"Settings of every command:" env:"COMPTOIR_MAIL_CA" type:"path"`
	PlainMail   bool          `help:"Allow mail servers without encryption on other machines, as in a private network." group:"Settings of every command:" env:"COMPTOIR_PLAIN_MAIL"`

	WebhookAllow []string `name:"webhook-allow" help:"Networks of your own that webhooks may reach, as addresses or networks (10.0.0.0/8). None by default: only the public Internet, by https." group:"Settings of every command:" env:"COMPTOIR_WEBHOOK_ALLOW" placeholder:"ADDRESS,…"`
	PushAllow    []string `name:"push-allow" help:"Networks of your own whose web push services may be called, as addresses or networks. None by default: only the public Internet, by https." group:"Settings of every command:" env:"COMPTOIR_PUSH_ALLOW" placeholder:"ADDRESS,…"`

	LogLevel string `help:"debug, info, warn or error." default:"info" enum:"debug,info,warn,error" group:"Settings of every command:" env:"COMPTOIR_LOG_LEVEL"`
}

// withURL fills in the address of the web app from what it listens on.
func (c Config) withURL() Config {
	if _, port, err := net.SplitHostPort(c.Listen); c.URL == "" && err == nil {
		c.URL = "http://localhost:" + port
	}
	return c
}

// place is where one desk keeps its things. The demo shop has its own, so that
// it never mixes with a real one.
type place struct {
	store string // path of the SQLite file, or the PostgreSQL address
	blobs string
	demo  bool
	// schema of a demo shop on PostgreSQL, which is made when somebody asks for
	// the demo; "" elsewhere.
	schema string
}

func (c Config) shopPlace() place {
	p := place{store: c.Database, blobs: filepath.Join(c.Data, "blobs")}
	if p.store == "" {
		p.store = filepath.Join(c.Data, "comptoir.db")
	}
	return p
}

func (c Config) demoPlace() place {
	p := place{store: filepath.Join(c.Data, "demo", "comptoir.db"), blobs: filepath.Join(c.Data, "demo", "blobs"), demo: true}
	if address, err := url.Parse(c.Database); c.Database != "" && err == nil { // what is wrong with it was told by the start
		asked := address.Query()
		p.schema = demoSchema(asked.Get("search_path"))
		asked.Set("search_path", p.schema)
		address.RawQuery = asked.Encode()
		p.store = address.String()
	}
	return p
}

// demoSchema is beside the schema of the real shop.
func demoSchema(searchPath string) string {
	first, _, _ := strings.Cut(searchPath, ",")
	first = strings.Trim(strings.TrimSpace(first), `"`)
	if first == "" || first == "public" {
		first = "comptoir"
	}
	return first + "_demo"
}
