// Package safehttp calls addresses that somebody else chose, without letting
// them reach inside our own network (server-side request forgery).
//
// It promises: the address is judged when the connection is made, by what the
// name was resolved to for that very connection, so neither a redirect nor a
// name that changes its answer (DNS rebinding) gets past; loopback, private,
// link-local, carrier and other networks that are not of the public Internet
// are refused, written as IPv4 within IPv6 too; time and size have limits; no
// proxy of the environment is used; no cookie is kept. Networks that the
// operator named are let through, and only to them may one speak without TLS.
//
// It never decides what is sent.
package safehttp
