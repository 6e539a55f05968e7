// Package web carries the built agent app inside the binary. It promises a file
// system whose root holds the app's index.html and its hashed assets once
// `make web` has run, and nothing but a placeholder before; it serves nothing itself.
package web

import (
	"embed"
	"io/fs"
)

// all: keeps .gitkeep, so that the package compiles in a tree where the app was
// never built.
//
//go:embed all:desk/dist
var built embed.FS

// Desk returns the built agent app, rooted at its index.html. Built reports
// whether that page is there.
func Desk() fs.FS {
	desk, err := fs.Sub(built, "desk/dist")
	if err != nil {
		return built // unreachable: the embedded path is a constant
	}
	return desk
}

// Built reports whether the app was built before the binary.
func Built() bool {
	_, err := fs.Stat(Desk(), "index.html")
	return err == nil
}
