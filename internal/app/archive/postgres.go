package archive

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// pgSnapshot is one REPEATABLE READ transaction, which sees one instant.
type pgSnapshot struct {
	*sql.Conn // inside the transaction

	pool *sql.DB
	dir  string
}

func snapshotPostgres(ctx context.Context, dsn, dir string) (_ snapshot, err error) {
	s := &pgSnapshot{dir: dir}
	if s.pool, err = sql.Open("pgx", dsn); err != nil {
		return nil, err
	}
	if s.Conn, err = s.pool.Conn(ctx); err != nil {
		_ = s.pool.Close()
		return nil, fmt.Errorf("reach PostgreSQL: %w", err)
	}
	if _, err = s.ExecContext(ctx, `begin transaction isolation level repeatable read, read only`); err != nil {
		s.close()
		return nil, err
	}
	var there bool
	err = s.QueryRowContext(ctx, `select to_regclass('goose_db_version') is not null and to_regclass('message') is not null`).Scan(&there)
	if err == nil && !there {
		err = fmt.Errorf("no desk in this database")
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *pgSnapshot) live() querier { return s.pool }

func (s *pgSnapshot) close() {
	_ = s.Close() // a connection given back in a transaction is not used again
	_ = s.pool.Close()
}

// addTo writes each table as COPY gives it: readable by any later PostgreSQL and
// without a program of PostgreSQL's own.
func (s *pgSnapshot) addTo(ctx context.Context, t *tarFile, m *Manifest) (err error) {
	if m.Tables, err = tablesOf(ctx, s); err != nil {
		return err
	}
	for i := range m.Tables {
		if err := s.addTable(ctx, t, &m.Tables[i]); err != nil {
			return fmt.Errorf("table %s: %w", m.Tables[i].Name, err)
		}
	}
	return nil
}

// addTable goes by way of a file, since a tar says the size first.
func (s *pgSnapshot) addTable(ctx context.Context, t *tarFile, table *Table) error {
	f, err := os.CreateTemp(s.dir, ".table.*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) //nolint:errcheck // what stays is the archive
	defer f.Close()           //nolint:errcheck // read again below, or given up
	err = copying(s.Conn, func(c *pgx.Conn) error {
		tag, err := c.PgConn().CopyTo(ctx, f, "copy "+table.quoted()+" to stdout")
		table.Rows = tag.RowsAffected()
		return err
	})
	if err != nil {
		return err
	}
	if table.Identity != "" {
		if table.Last, err = lastOf(ctx, s, *table); err != nil {
			return err
		}
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return err
	}
	return t.add(tablePart(table.Name), size, f)
}

func tablePart(name string) string { return tableFolder + name + tableSuffix }

// quoted is the table with its columns, as COPY wants them.
func (t Table) quoted() string {
	columns := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = pgx.Identifier{c}.Sanitize()
	}
	return t.name() + " (" + strings.Join(columns, ", ") + ")"
}

func (t Table) name() string { return pgx.Identifier{t.Name}.Sanitize() }

func copying(conn *sql.Conn, f func(*pgx.Conn) error) error {
	return conn.Raw(func(driver any) error {
		c, ok := driver.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("no connection of pgx: %T", driver)
		}
		return f(c.Conn())
	})
}

// lastOf reads the number that the table's sequence gave last.
func lastOf(ctx context.Context, q querier, t Table) (last int64, err error) {
	var sequence string
	err = q.QueryRowContext(ctx, `select pg_get_serial_sequence($1, $2)`, t.name(), t.Identity).Scan(&sequence)
	if err != nil {
		return 0, err
	}
	// The name comes quoted from PostgreSQL itself.
	err = q.QueryRowContext(ctx, `select case when is_called then last_value else 0 end from `+sequence).Scan(&last)
	return last, err
}

// tablesOf lists the desk's tables, parents first.
func tablesOf(ctx context.Context, q querier) ([]Table, error) {
	rows, err := q.QueryContext(ctx, `
		select c.relname, a.attname, a.attidentity <> ''
		from pg_class c join pg_attribute a on a.attrelid = c.oid
		where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and c.relname not like 'goose%'
			and c.relname not like 'search\_%' -- made anew from the messages by the next start
			and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
		order by c.relname, a.attnum`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Table
	for rows.Next() {
		var table, column string
		var identity bool
		if err := rows.Scan(&table, &column, &identity); err != nil {
			return nil, err
		}
		if n := len(list); n == 0 || list[n-1].Name != table {
			list = append(list, Table{Name: table})
		}
		t := &list[len(list)-1]
		t.Columns = append(t.Columns, column)
		if identity {
			t.Identity = column
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	parents, err := parentsOf(ctx, q)
	if err != nil {
		return nil, err
	}
	return parentsFirst(list, parents)
}

// parentsOf tells which tables each table refers to, itself apart: a COPY checks
// references at its end.
func parentsOf(ctx context.Context, q querier) (map[string][]string, error) {
	rows, err := q.QueryContext(ctx, `
		select child.relname, parent.relname from pg_constraint k
		join pg_class child on child.oid = k.conrelid join pg_class parent on parent.oid = k.confrelid
		where k.contype = 'f' and k.connamespace = current_schema()::regnamespace and k.conrelid <> k.confrelid`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	parents := map[string][]string{}
	for rows.Next() {
		var child, parent string
		if err := rows.Scan(&child, &parent); err != nil {
			return nil, err
		}
		parents[child] = append(parents[child], parent)
	}
	return parents, rows.Err()
}

func parentsFirst(list []Table, parents map[string][]string) ([]Table, error) {
	ordered, done := make([]Table, 0, len(list)), map[string]bool{}
	for len(ordered) < len(list) {
		before := len(ordered)
		for _, t := range list {
			waits := slices.ContainsFunc(parents[t.Name], func(p string) bool { return !done[p] })
			if !done[t.Name] && !waits {
				ordered, done[t.Name] = append(ordered, t), true
			}
		}
		if len(ordered) == before {
			return nil, fmt.Errorf("tables refer to each other in a circle")
		}
	}
	return ordered, nil
}
