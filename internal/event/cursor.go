package event

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/store"
)

// ErrResync says that a cursor is of another epoch: the database was restored
// or moved, and the reader must read everything anew.
var ErrResync = errors.New("cursor is of another epoch")

// Cursor is a place in the feed. Clients treat its text as opaque.
type Cursor struct {
	Epoch    string
	xid, seq int64
}

// String writes the cursor for a client.
func (c Cursor) String() string {
	return c.Epoch + "-" + strconv.FormatInt(c.xid, 36) + "-" + strconv.FormatInt(c.seq, 36)
}

// ParseCursor reads what String wrote. Anything else asks for a resync.
func ParseCursor(s string) (Cursor, error) {
	parts := strings.Split(s, "-")
	if len(parts) != 3 {
		return Cursor{}, ErrResync
	}
	xid, err1 := strconv.ParseInt(parts[1], 36, 64)
	seq, err2 := strconv.ParseInt(parts[2], 36, 64)
	if err1 != nil || err2 != nil {
		return Cursor{}, ErrResync
	}
	return Cursor{Epoch: parts[0], xid: xid, seq: seq}, nil
}

var (
	selectEpoch = store.SQL(`select value from meta where name = 'epoch'`)
	insertEpoch = store.SQL(`insert into meta (name, value) values ('epoch', $1) on conflict (name) do nothing`)
	updateEpoch = store.SQL(`update meta set value = $1 where name = 'epoch'`)
)

func readEpoch(tx *store.Tx) (string, error) {
	epoch, _, err := store.Maybe[string](tx, selectEpoch)
	if err != nil {
		return "", fmt.Errorf("epoch: %w", err)
	}
	return epoch, nil
}

// EnsureEpoch gives a fresh database its epoch; on an old one it does nothing.
func EnsureEpoch(tx *store.Tx) error {
	_, err := store.Exec(tx, insertEpoch, newEpoch())
	return err
}

// RenewEpoch starts another epoch after a restore or a move, so that every
// client reads anew.
func RenewEpoch(tx *store.Tx) error {
	_, err := store.Exec(tx, updateEpoch, newEpoch())
	return err
}

func newEpoch() string {
	var b [6]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}
