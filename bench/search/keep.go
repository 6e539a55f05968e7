package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/comptoir-desk/comptoir/bench/rig"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// keptArchive is what a seeded store doesn't say of itself.
type keptArchive struct {
	Now          time.Time
	Phrases      []string
	Analyse, Put time.Duration
	TextBytes    int64
	Filled       time.Duration
}

// openSeeded opens a seeded SQLite archive: the one of the last time, unless the
// schema or what it is filled with has changed since. Nothing is written to it.
func openSeeded(s *rig.Stage, folder string, n int) (*store.DB, *archive, keptArchive, error) {
	var facts keptArchive
	key, err := seedKey()
	if err != nil {
		return nil, nil, facts, err
	}
	file := filepath.Join(folder, fmt.Sprintf("search-%d-%s.db", n, key))
	raw, err := os.ReadFile(file + ".json") //nolint:gosec // the bench's own choice
	if err == nil {
		if err := json.Unmarshal(raw, &facts); err != nil {
			return nil, nil, facts, err
		}
		db, err := store.Open(s.Context(), file)
		return db, &archive{n, facts.Phrases, facts.Analyse, facts.Put, facts.TextBytes}, facts, err
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, facts, err
	}
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return nil, nil, facts, err
	}
	for _, rest := range []string{"", "-wal", "-shm"} { // of a seeding that was cut
		if err := os.Remove(file + rest); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, nil, facts, err
		}
	}
	facts.Now = time.Now()
	db, a, err := openAndSeed(s.Context(), file, n, facts.Now)
	if err != nil {
		return nil, nil, facts, err
	}
	facts = keptArchive{facts.Now, a.phrases, a.analyse, a.put, a.textBytes, time.Since(facts.Now)}
	if raw, err = json.Marshal(facts); err == nil {
		err = os.WriteFile(file+".json", raw, 0o600)
	}
	return db, a, facts, err
}

func openAndSeed(ctx context.Context, target string, n int, now time.Time) (*store.DB, *archive, error) {
	db, err := store.Open(ctx, target)
	if err != nil {
		return nil, nil, err
	}
	if err := db.InTx(ctx, event.EnsureEpoch); err != nil {
		return nil, nil, err
	}
	a, err := seed(ctx, db, n, now)
	return db, a, err
}

// seedKey changes with the schema, with the index and with what is seeded.
func seedKey() (string, error) {
	sum := sha256.New()
	for _, pattern := range []string{"internal/store/migrations/*.sql", "internal/search/*.go", "internal/lang/*.go", "bench/search/seed.go", "bench/search/words.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			return "", err
		}
		for _, f := range files {
			raw, err := os.ReadFile(f) //nolint:gosec // sources of this repository
			if err != nil {
				return "", err
			}
			sum.Write(raw)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:6]), nil
}
