// Command comptoir is the whole desk in one binary: flags, then package app.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/comptoir-desk/comptoir/internal/app"
)

// version is set by the build (see the Makefile).
var version = "dev"

func main() {
	app.Version = version
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := app.Main(ctx, os.Args[1:], app.Std())
	stop()
	os.Exit(code)
}
