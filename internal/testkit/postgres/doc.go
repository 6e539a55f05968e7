// Package postgres gives each test a fresh database on a real PostgreSQL.
//
// It promises that a database belongs to one test and is dropped when that
// test ends, and that the server ends with the test process (package daemon).
// The server is the machine's own PostgreSQL, started on first use on a random
// port of the loopback with a random password. A whole `go test ./...` shares
// one server when COMPTOIR_TEST_PG names it, as test/tools/withpostgres does.
//
// Its default collation is a French one where PostgreSQL was built with ICU:
// a column or an ORDER BY that forgets COLLATE "C" then sorts differently from
// SQLite and shows in a test.
//
// It never touches a PostgreSQL that it did not start or was not given.
package postgres
