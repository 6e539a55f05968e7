package archive

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
)

// format is the version of the layout that doc.go describes.
const format = 1

// The names of the parts.
const (
	databasePart = "comptoir.db"
	tableFolder  = "tables/"
	tableSuffix  = ".copy"
	blobFolder   = "blobs/"
	keyPart      = "secret.key"
	manifestPart = "manifest.json"
	sumsPart     = "SHA256SUMS"
)

// Manifest says what an archive holds.
type Manifest struct {
	Format    int       `json:"format"`
	Program   string    `json:"program"` // version of Comptoir that wrote it
	CreatedAt time.Time `json:"created_at"`
	Store     string    `json:"store"`  // "sqlite" or "postgres"
	Schema    int64     `json:"schema"` // number of the last migration
	Counts    Counts    `json:"counts"`
	Blobs     int       `json:"blobs"`
	Key       bool      `json:"key"` // false: it came from the configuration
	// Missing are stored files that the database refers to and that the data
	// folder did not have, or had damaged, when the archive was written.
	Missing []blob.Hash `json:"missing,omitempty"`
	// Gone are those that the desk stopped referring to while it was written.
	Gone []blob.Hash `json:"gone,omitempty"`
	// Tables are PostgreSQL's, parents before those that refer to them.
	Tables []Table `json:"tables,omitempty"`
}

// Table is one table of a PostgreSQL archive.
type Table struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
	// Identity is the column that the database numbers, and Last the number that
	// it gave last: numbers are never reused, also not those of deleted rows.
	Identity string `json:"identity,omitempty"`
	Last     int64  `json:"last,omitempty"`
}

// Counts tell a person whether it is the right archive, and the restore whether
// all of it arrived.
type Counts struct {
	Conversations int64 `json:"conversations"`
	Messages      int64 `json:"messages"`
	OpenPromises  int64 `json:"open_promises"`
}

func (c Counts) String() string {
	return fmt.Sprintf("%d conversations, %d messages, %d open promises", c.Conversations, c.Messages, c.OpenPromises)
}

// Place is where a desk keeps its things.
type Place struct {
	Store string // path of the SQLite file, or the PostgreSQL address
	Data  string // folder of the key
	Blobs string // folder of the stored files
	// ConfiguredKey says that the key comes from the configuration and lies in
	// no file.
	ConfiguredKey bool
}

func (p Place) postgres() bool {
	return strings.HasPrefix(p.Store, "postgres://") || strings.HasPrefix(p.Store, "postgresql://")
}

// store names the engine as the manifest does.
func (p Place) store() string {
	if p.postgres() {
		return "postgres"
	}
	return "sqlite"
}

// querier is one connection inside a transaction, or a snapshot's own file.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func count(ctx context.Context, q querier) (c Counts, err error) {
	err = q.QueryRowContext(ctx, `
		select (select count(*) from conversation), (select count(*) from message),
			(select count(*) from promise where state = 'open')`).Scan(&c.Conversations, &c.Messages, &c.OpenPromises)
	return c, err
}

// schemaOf is the number of the last migration; 0 when there is none.
func schemaOf(ctx context.Context, q querier) (version int64, err error) {
	err = q.QueryRowContext(ctx, `select coalesce(max(version_id), 0) from goose_db_version where is_applied`).Scan(&version)
	return version, err
}
