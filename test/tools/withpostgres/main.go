// Command withpostgres runs a command with one PostgreSQL for all the test
// processes under it: `withpostgres go test ./...`. Without it each package's
// tests start their own server. It exits with the command's own code.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"

	"github.com/comptoir-desk/comptoir/internal/testkit/postgres"
)

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "withpostgres:", err)
	}
	os.Exit(code)
}

func run(command []string) (int, error) {
	if len(command) == 0 {
		return 2, errors.New("usage: withpostgres COMMAND [ARGUMENT…]")
	}
	if postgres.Wanted() && os.Getenv(postgres.EnvServer) == "" {
		server, err := postgres.StartServer(false)
		if err != nil {
			return 1, err
		}
		defer server.Close()
		if err := os.Setenv(postgres.EnvServer, server.URL); err != nil {
			return 1, err
		}
	}
	cmd := exec.Command(command[0], command[1:]...) //nolint:gosec // what the developer asked for
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), nil
	}
	if err != nil {
		return 1, err
	}
	return 0, nil
}
