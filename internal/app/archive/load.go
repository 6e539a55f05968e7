package archive

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// restorePostgres loads the tables in one transaction, which commits once the
// stored files are in their place.
func (u *unpacked) restorePostgres(ctx context.Context, p Place, now time.Time, put *placing) (held int64, err error) {
	pool, err := sql.Open("pgx", p.Store)
	if err != nil {
		return 0, err
	}
	defer pool.Close()
	conn, err := pool.Conn(ctx)
	if err != nil {
		return 0, fmt.Errorf("reach PostgreSQL: %w", err)
	}
	defer conn.Close()
	if err := alone(ctx, conn); err != nil {
		return 0, err
	}
	if err := wake(ctx, p.Store); err != nil {
		return 0, err
	}
	if _, err := conn.ExecContext(ctx, `begin`); err != nil {
		return 0, err
	}
	if err := u.load(ctx, conn); err != nil {
		return 0, err
	}
	if err := checkContents(ctx, conn, u.manifest, u.has); err != nil {
		return 0, err
	}
	if held, err = settle(ctx, conn, now); err != nil {
		return 0, err
	}
	if err := put.all(); err != nil {
		return 0, err
	}
	if _, err := conn.ExecContext(ctx, `commit`); err != nil {
		put.back()
		return 0, err
	}
	return held, wake(ctx, p.Store)
}

// patience is how long a connection that is just closing is waited for.
const patience = 5 * time.Second

// alone makes sure that no desk works on the database.
func alone(ctx context.Context, conn *sql.Conn) error {
	wait, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	for {
		var others int
		err := conn.QueryRowContext(ctx, `
			select count(*) from pg_stat_activity
			where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`).Scan(&others)
		if err != nil || others == 0 {
			return err
		}
		select {
		case <-wait.Done():
			return fmt.Errorf("the database is in use (other connections: %d): stop every Comptoir that works on it", others)
		case <-again.C:
		}
	}
}

// emptyPostgres is ErrOccupied when the database holds people, shops or mail.
func emptyPostgres(ctx context.Context, dsn string) error {
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	for _, table := range []string{"shop", "person", "item", "message"} {
		var made, rows bool
		if err := db.QueryRowContext(ctx, `select to_regclass($1) is not null`, table).Scan(&made); err != nil {
			return fmt.Errorf("reach PostgreSQL: %w", err)
		}
		if !made {
			continue
		}
		if err := db.QueryRowContext(ctx, `select exists (select 1 from `+table+`)`).Scan(&rows); err != nil {
			return err
		}
		if rows {
			return fmt.Errorf("%w: the database", ErrOccupied)
		}
	}
	return nil
}

// load replaces what the tables hold by what the archive holds.
func (u *unpacked) load(ctx context.Context, conn *sql.Conn) error {
	tables, err := tablesOf(ctx, conn)
	if err != nil {
		return err
	}
	names := make([]string, len(tables))
	for i, t := range tables {
		names[i] = t.name()
	}
	if len(names) == 0 {
		return errors.New("the database has no tables")
	}
	if _, err := conn.ExecContext(ctx, `truncate `+strings.Join(names, ", ")); err != nil {
		return err
	}
	for _, t := range u.manifest.Tables {
		if err := u.loadTable(ctx, conn, t); err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	// An index of what was here before names messages that are others now.
	if _, err := conn.ExecContext(ctx, `delete from search_index`); err != nil {
		return err
	}
	// Transaction numbers of another server mean nothing on this one: were they
	// higher than its own, nobody would see these events, nor any later one in
	// its order, until it had counted that far.
	_, err = conn.ExecContext(ctx, `update event set xid = 0 where xid <> 0`)
	return err
}

func (u *unpacked) loadTable(ctx context.Context, conn *sql.Conn, t Table) error {
	f, err := os.Open(filepath.Join(u.dir, path.Base(tablePart(t.Name))))
	if err != nil {
		return err
	}
	defer f.Close()
	var rows int64
	err = copying(conn, func(c *pgx.Conn) error {
		tag, err := c.PgConn().CopyFrom(ctx, f, "copy "+t.quoted()+" from stdin")
		rows = tag.RowsAffected()
		return err
	})
	if err != nil {
		return err
	}
	if rows != t.Rows {
		return damaged(tablePart(t.Name), fmt.Sprintf("gave %d rows, not %d", rows, t.Rows))
	}
	if t.Identity == "" || t.Last == 0 {
		return nil
	}
	_, err = conn.ExecContext(ctx, `select setval(pg_get_serial_sequence($1, $2), $3)`, t.name(), t.Identity, t.Last)
	return err
}
