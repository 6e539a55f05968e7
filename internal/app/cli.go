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

func exit(code int) error {
	if code == 0 {
		return nil
	}
	return errExit(code)
}

// Std are the process's own streams.
func Std() Streams { return Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr} }
