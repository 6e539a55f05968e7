// Package testkit gives tests the real thing to run on: both stores here, a
// PostgreSQL server, mail servers and the built program in its subpackages.
// Only tests import it.
package testkit
