package archive

import (
	"context"
	"slices"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/blob"
)

// BlobColumns are the columns ("table.column") that name stored files: what a
// backup takes along and the sweep of package app leaves alone. A desk that is
// still to be migrated may lack some.
var BlobColumns = []string{"attachment.blob", "delivery.raw", "item.blob", "message.raw", "shop.logo"}

// everyColumn lists "table.column" of a store.
var everyColumn = map[string]string{
	"sqlite":   `select m.name || '.' || c.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table'`,
	"postgres": `select table_name || '.' || column_name from information_schema.columns where table_schema = current_schema()`,
}

// blobNames is a query for the names of all stored files that a database of the
// given store refers to.
func blobNames(ctx context.Context, q querier, store string) (string, error) {
	all, err := texts(ctx, q, everyColumn[store])
	if err != nil {
		return "", err
	}
	var parts []string
	for _, name := range BlobColumns {
		if slices.Contains(all, name) {
			table, column, _ := strings.Cut(name, ".")
			parts = append(parts, "select "+column+" as blob from "+table)
		}
	}
	return `(` + strings.Join(parts, " union ") + `) names`, nil
}

// referenced lists the stored files that the database refers to, in order.
func referenced(ctx context.Context, q querier, store string) ([]blob.Hash, error) {
	names, err := blobNames(ctx, q, store)
	if err != nil {
		return nil, err
	}
	list, err := texts(ctx, q, `select blob from `+names+` where length(blob) = 64 order by blob`)
	hashes := make([]blob.Hash, len(list))
	for i, name := range list {
		hashes[i] = blob.Hash(name)
	}
	return hashes, err
}

// stillReferenced tells whether the desk refers to the file now.
func stillReferenced(ctx context.Context, q querier, store string, h blob.Hash) (still bool, err error) {
	names, err := blobNames(ctx, q, store)
	if err != nil {
		return false, err
	}
	err = q.QueryRowContext(ctx, `select exists (select 1 from `+names+` where blob = $1)`, string(h)).Scan(&still)
	return still, err
}

func texts(ctx context.Context, q querier, query string) (list []string, err error) {
	rows, err := q.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		list = append(list, text)
	}
	return list, rows.Err()
}
