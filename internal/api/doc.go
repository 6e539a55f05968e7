// Package api is the JSON API of the web app and of integrators, and the few
// plain handlers beside it (files, frames, live updates).
//
// It promises: each path stands with its permission and rate class on one line
// of routes.go; errors are RFC 9457 problems with a stable code; a GET changes
// nothing (I7). A handler decodes, calls one operation, encodes; it holds no
// rule of the desk's.
package api
