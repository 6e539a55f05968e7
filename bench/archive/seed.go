// Package archive makes desks with large archives for the benches: a shop of
// sixteen agents, ten teams and twenty tags over two years, written as SQL, since
// what is measured is how such an archive is read. It never runs beside a desk
// that somebody uses.
package archive

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
	_ "modernc.org/sqlite"             // driver "sqlite"

	"github.com/comptoir-desk/comptoir/bench/letters"
	"github.com/comptoir-desk/comptoir/bench/rig"
)

// What stands in every archive, whatever its size.
const (
	agents = 16
	// Sessions is how many are seeded: several for each agent, since no one person
	// asks as often as a bench does.
	Sessions = 640
)

// Token is the session cookie comptoir_session, i from 0 to Sessions.
func Token(i int) string { return fmt.Sprintf("bench-session-%05d", i%Sessions) }

// seed fills the archive of a desk that is set up: n conversations of three
// messages, one in twenty still owed an answer, over two years. It writes SQL,
// since what is measured is how such an archive is read. Conversation i is the
// more recent the greater i is.
func seed(ctx context.Context, store, target string, n int) error {
	driver, dsn := "sqlite", "file:"+target+"?_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)&_pragma=busy_timeout(5000)"
	if store == "postgres" {
		driver, dsn = "pgx", target
	}
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	words := strings.NewReplacer("{now}", strconv.FormatInt(time.Now().UnixMicro(), 10), "{day}", "86400000000",
		"{shop}", "(select min(id) from shop)", "{n}", strconv.Itoa(n), "{step}", "cast("+strconv.FormatInt(730*86400e6/int64(n), 10)+" as bigint)")
	for _, s := range seedSteps {
		if _, err := db.ExecContext(ctx, words.Replace(fmt.Sprintf("with recursive n (i) as (select 1 union all select i + 1 from n where i < %s) %s", s.count, s.text))); err != nil {
			return fmt.Errorf("%w in %.80s", err, s.text)
		}
	}
	for i := range Sessions {
		sum := sha256.Sum256([]byte(Token(i)))
		text := words.Replace(fmt.Sprintf(`insert into session (token, person_id, shop_id, created_at, seen_at, expires_at)
			values ('%s', %d, {shop}, {now}, {now}, {now} + 30 * {day})`, hex.EncodeToString(sum[:]), 1000+i%agents))
		if _, err := db.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	if store == "postgres" {
		for _, table := range []string{"person", "team", "tag", "customer", "conversation", "message", "promise"} {
			if _, err := db.ExecContext(ctx, fmt.Sprintf(`select setval(pg_get_serial_sequence('%s', 'id'), (select max(id) from %s))`, table, table)); err != nil {
				return err
			}
		}
		_, err = db.ExecContext(ctx, "vacuum analyze")
		return err
	}
	_, err = db.ExecContext(ctx, "pragma wal_checkpoint(truncate)")
	return err
}

type step struct{ count, text string }

// kept is where a seeded SQLite desk lies, by what made it.
func kept(folder string, binary string, n int) (string, error) {
	raw, err := os.ReadFile(binary) //nolint:gosec // the bench's own choice
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	// The schema is in the binary; a new one seeds anew.
	for _, part := range schemaOf(string(raw)) {
		sum.Write([]byte(part))
	}
	for _, s := range seedSteps {
		sum.Write([]byte(s.count + s.text))
	}
	return filepath.Join(folder, fmt.Sprintf("lists-%d-%s", n, hex.EncodeToString(sum.Sum(nil)[:6]))), nil
}

// schemaOf finds the migrations that a binary carries.
func schemaOf(binary string) []string {
	parts := strings.Split(binary, "-- +goose Up\n")[1:]
	for i, p := range parts {
		parts[i] = p[:min(len(p), 4000)]
	}
	return parts
}

// copyFolder copies the plain files of a folder.
func copyFolder(from, to string) error {
	return os.CopyFS(to, os.DirFS(from))
}

// Fill sets a new desk up with n conversations; it doesn't run afterwards. keep
// is a folder that holds seeded SQLite desks for the next time, or empty.
func Fill(s *rig.Stage, d *rig.Desk, binary string, n int, keep string) error {
	ctx := s.Context()
	folder := ""
	if d.Database == "" && keep != "" {
		var err error
		if folder, err = kept(keep, binary, n); err != nil {
			return err
		}
		if _, err := os.Stat(folder); err == nil {
			return copyFolder(folder, d.Data)
		}
	}
	if err := d.Start(ctx); err != nil {
		return err
	}
	if err := d.SetUp(ctx); err != nil {
		return err
	}
	if err := d.Handed(ctx, letters.Address); err != nil {
		return err
	}
	d.Stop()
	store, target := "sqlite", filepath.Join(d.Data, "comptoir.db")
	if d.Database != "" {
		store, target = "postgres", d.Database
	}
	if err := seed(ctx, store, target, n); err != nil {
		return err
	}
	if folder == "" {
		return nil
	}
	if err := copyFolder(d.Data, folder+".part"); err != nil {
		return err
	}
	return os.Rename(folder+".part", folder)
}
