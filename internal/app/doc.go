// Package app is the one package that knows everyone: configuration, wiring,
// subcommands, and reactions.go, the list of who reacts to which event. It
// holds no rule of the desk's.
package app
