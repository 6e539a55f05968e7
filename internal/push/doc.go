// Package push writes to the devices of the shop's people by web push, which
// rings also when no page is open.
//
// It promises: a device belongs to one person and one session and ends with it;
// what is sent can be read by that browser alone (RFC 8291), and its service
// knows by a signature who sends (RFC 8292); the key pair is made when it is
// first needed and sealed at rest; a service is called without reaching inside
// our own network (package safehttp), follows no redirect and has ten seconds; a
// device that its service says is gone (404, 410) is forgotten.
//
// It never decides what rings, when, or in which words (package notify does),
// and keeps nothing of what it sent.
package push
