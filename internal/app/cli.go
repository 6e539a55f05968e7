package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"

	"github.com/comptoir-desk/comptoir/internal/app/explain"
)

// commands is the whole command line. Every field is documented by its help.
type commands struct {
	Config

	File kong.ConfigFlag `name:"config" help:"Configuration file (JSON), the same names as the flags." placeholder:"FILE"`

	Serve   serveCommand   `cmd:"" help:"Run the desk: web app, mail, jobs."`
	Migrate migrateCommand `cmd:"" help:"Bring the database's schema up to date and stop."`
	Demo    demoCommand    `cmd:"" help:"Play with the demo shop."`
	Doctor  doctorCommand  `cmd:"" help:"Check configuration, mailboxes, sending, the sender's DNS, disk and clock; say what to do."`
	Backup  backupCommand  `cmd:"" help:"Write everything into one file, while the desk runs."`
	Restore restoreCommand `cmd:"" help:"Bring a backup back, verified."`
	User    userCommand    `cmd:"" help:"People: add, set a password, unlock, list."`
	Jobs    jobsCommand    `cmd:"" help:"Jobs that were given up: list them, let them run again."`
	Explain explainCommand `cmd:"" help:"How would the desk treat this? One JSON object a line."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

// Streams are what a command reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// errExit carries an exit code without a further message.
type errExit int

func (e errExit) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// Main runs one command and returns its exit code: 0 done, 1 failed, 2 the
// command line is wrong.
func Main(ctx context.Context, args []string, io Streams) int {
	var cli commands
	stop := -1
	parser, err := kong.New(&cli, kong.Name("comptoir"), kong.Configuration(readConfig),
		kong.Description("A customer-service desk that keeps promises."),
		kong.Writers(io.Out, io.Err), kong.Exit(func(code int) { stop = code }), kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}))
	if err != nil {
		fmt.Fprintln(io.Err, "comptoir:", err)
		return 1
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if stop >= 0 { // --help was shown
		return stop
	}
	if err != nil {
		fmt.Fprintln(io.Err, "comptoir:", err)
		return explain.ExitBadUsage
	}
	command.BindTo(ctx, (*context.Context)(nil))
	err = command.Run(cli.withURL(), io)
	var code errExit
	switch {
	case errors.As(err, &code):
		return int(code)
	case err != nil && !errors.Is(err, context.Canceled):
		fmt.Fprintln(io.Err, "comptoir:", err)
		return 1
	}
	return 0
}

type serveCommand struct{}

func (serveCommand) Run(ctx context.Context, c Config, io Streams) error {
	return Serve(ctx, c, io.Out)
}

type versionCommand struct{}

func (versionCommand) Run(io Streams) error {
	_, err := fmt.Fprintln(io.Out, Version)
	return err
}

type explainCommand struct {
	Mail  explainMail  `cmd:"" help:"Class, threading, visible text, attachments and reports of a mail."`
	Reply explainReply `cmd:"" help:"What of an answer is the customer's own, and what is quoted."`
	HTML  explainHTML  `cmd:"" name:"html" help:"A mail's HTML as the app shows it."`
	Hours explainHours `cmd:"" help:"Due times and elapsed time in opening hours."`
	Draft explainDraft `cmd:"" help:"What the guard finds in a draft, and what the draft promises."`
}

type explainMail struct {
	Own   []string `help:"The shop's own addresses." placeholder:"ADDRESS"`
	Files []string `arg:"" name:"file" help:"Mails; - reads standard input."`
}

func (e explainMail) Run(io Streams) error { return exit(explain.Mail(e.Own, e.Files, io.In, io.Out)) }

type explainReply struct {
	Files []string `arg:"" name:"file" help:"Texts or HTML; - reads standard input."`
}

func (e explainReply) Run(io Streams) error { return exit(explain.Reply(e.Files, io.In, io.Out)) }

type explainHTML struct {
	Files []string `arg:"" name:"file" help:"HTML; - reads standard input."`
}

func (e explainHTML) Run(io Streams) error { return exit(explain.HTML(e.Files, io.In, io.Out)) }

type explainHours struct {
	Calendar string `required:"" help:"Opening hours (JSON)." placeholder:"FILE"`
	From     string `required:"" help:"Start: RFC 3339, or local in the calendar's zone."`
	To       string `help:"End: the answer is the open time between."`
	Add      string `help:"Open time to add (90m, 4h): the answer is when it is over."`
}

func (e explainHours) Run(io Streams) error {
	return exit(explain.Hours(explain.HoursArgs{Calendar: e.Calendar, From: e.From, To: e.To, Add: e.Add}, io.Out, io.Err))
}

type explainDraft struct {
	Context string   `required:"" help:"What is known around the draft (JSON): now, zone, lang, channel, author, signature, shop, customer, message, attachments, orders, others, forbidden, preferred, dead_links; all optional." placeholder:"FILE"`
	Files   []string `arg:"" name:"file" help:"Drafts (text); - reads standard input."`
}

func (e explainDraft) Run(io Streams) error {
	return exit(explain.Draft(e.Context, e.Files, io.In, io.Out, io.Err))
}

func exit(code int) error {
	if code == 0 {
		return nil
	}
	return errExit(code)
}

// Std are the process's own streams.
func Std() Streams { return Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr} }
