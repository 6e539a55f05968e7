package archive_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/app/archive"
	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// later is when the machine has been replaced and the backup comes back.
var later = monday.Add(26 * time.Hour)

func TestBackAfterTheMachineDied(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, fresh func(*testing.T) archive.Place) {
		lost := begin(t, fresh(t))
		camille := lost.mail("Camille Renaud", "Ma bague n’est pas arrivée")
		lost.mail("Paul Delmas", "Facture de la commande 1042")
		lost.answer(camille)
		lost.far()
		file := filepath.Join(t.TempDir(), "lila.tar.gz")
		written, err := archive.Write(t.Context(), lost.place, file, "1.0", monday)
		must(t, err)
		if want := (archive.Counts{Conversations: 2, Messages: 3, OpenPromises: 2}); written.Counts != want || !written.Key || written.Blobs != 3 {
			t.Errorf("written = %+v, want %+v, the key and three files", written, want)
		}

		place := fresh(t)
		restored, err := archive.Restore(t.Context(), file, place, false, later)
		must(t, err)
		back := open(t, place)
		if got, want := back.figure(countOf), lost.figure(countOf); got != want || restored.Counts != written.Counts {
			t.Errorf("counts = %d, want %d", got, want)
		}
		must(t, back.db.Read(t.Context(), func(tx *store.Tx) error {
			box, err := back.shops.MailboxByID(tx, lost.box)
			must(t, err)
			password, err := back.shops.Password(box)
			if password != "bague et perle" {
				t.Errorf("the mailbox's password is %q", password)
			}
			return err
		}))
		if got, want := len(back.raws()), len(lost.raws()); got != want {
			t.Errorf("%d raw mails of %d", got, want)
		}
		for _, h := range back.raws() {
			_, err := blob.ReadAll(t.Context(), back.blobs, h)
			must(t, err)
		}
		if got, want := len(back.feed()), int(lost.figure(eventsOf)); got < want {
			t.Errorf("the feed shows %d events of %d", got, want)
		}
		// Numbers go on where they were.
		inès := back.shopped(lost).mail("Inès Belkacem", "Taille du bracelet")
		if inès.Message <= camille.Message {
			t.Errorf("a new message has the number %d", inès.Message)
		}
	})
}

// What was about to leave may have left since: it must not leave twice.
func TestWhatMayHaveLeftIsHeld(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, fresh func(*testing.T) archive.Place) {
		lost := begin(t, fresh(t))
		var states []delivery.State
		for _, s := range []delivery.State{
			delivery.Queued, delivery.Claimed, delivery.DotPending, delivery.Soft, delivery.Uncertain, delivery.Accepted, delivery.Hard, delivery.Undone,
		} {
			lost.moveTo(lost.answer(lost.mail("Camille Renaud", "Ma bague "+string(s))), s)
			states = append(states, s)
		}
		must(t, lost.db.InTx(t.Context(), func(tx *store.Tx) error {
			_, err := lost.team.StartSession(tx, lost.veronica.Person, lost.shop, "Firefox")
			return err
		}))
		file := filepath.Join(t.TempDir(), "lila.tar")
		_, err := archive.Write(t.Context(), lost.place, file, "1.0", monday)
		must(t, err)
		place := fresh(t)
		restored, err := archive.Restore(t.Context(), file, place, false, later)
		must(t, err)
		if restored.Held != 5 {
			t.Errorf("held %d mails, want 5", restored.Held)
		}
		back := open(t, place)
		for i, was := range states {
			d := back.delivery(lost.nth(i))
			want, detail := delivery.Held, archive.HeldDetail
			if was == delivery.Accepted || was == delivery.Hard || was == delivery.Undone {
				want, detail = was, ""
			}
			told := back.figure(eventsOfDelivery, d.ID, event.DeliveryHeld) == 1
			if d.State != want || d.Detail != detail || told != (want == delivery.Held) {
				t.Errorf("%s is now %s (%q), told %v", was, d.State, d.Detail, told)
			}
		}
		if n := back.figure(jobsOfKind, delivery.SendJob.Name); n != 0 {
			t.Errorf("%d jobs would send", n)
		}
		if n := back.figure(sessions); n != 0 {
			t.Errorf("%d devices are still signed in", n)
		}
	})
}

func TestTheFeedHasAnotherEpoch(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, fresh func(*testing.T) archive.Place) {
		lost := begin(t, fresh(t))
		lost.mail("Camille Renaud", "Ma bague")
		cursor := lost.position()
		file := filepath.Join(t.TempDir(), "lila.tar")
		_, err := archive.Write(t.Context(), lost.place, file, "1.0", monday)
		must(t, err)
		place := fresh(t)
		_, err = archive.Restore(t.Context(), file, place, false, later)
		must(t, err)
		back := open(t, place)
		_, _, err = event.NewLog(back.db, clock.At(later), nil).Since(t.Context(), cursor, 10)
		if !errors.Is(err, event.ErrResync) {
			t.Errorf("an old cursor gives %v, want a resync", err)
		}
	})
}

// The backup is one instant, whatever is written meanwhile.
func TestBackupWhileMailComesIn(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, fresh func(*testing.T) archive.Place) {
		busy := begin(t, fresh(t))
		for range 20 {
			busy.mail("Camille Renaud", "Ma bague")
		}
		stop, wrote := make(chan struct{}), 0
		var writer sync.WaitGroup
		writer.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					busy.mail("Paul Delmas", "Encore une question")
					wrote++
				}
			}
		})
		folder := t.TempDir()
		for _, name := range []string{"a.tar", "b.tar.gz", "c.tar"} {
			file := filepath.Join(folder, name)
			written, err := archive.Write(t.Context(), busy.place, file, "1.0", monday)
			must(t, err)
			if written.Counts.Messages != written.Counts.Conversations || int64(written.Blobs) != written.Counts.Messages {
				t.Errorf("%s is of no one instant: %+v", name, written)
			}
			verified, err := archive.Verify(t.Context(), file)
			must(t, err)
			if verified.Counts != written.Counts {
				t.Errorf("verified %v, wrote %v", verified.Counts, written.Counts)
			}
		}
		close(stop)
		writer.Wait()
		if wrote == 0 {
			t.Error("nothing was written meanwhile: the test shows nothing")
		}
		left, err := os.ReadDir(folder)
		must(t, err)
		if len(left) != 3 {
			t.Errorf("left behind: %v", left)
		}
	})
}

// A byte that flipped on the disk is found wherever it is, and nothing changes.
func TestADamagedArchiveChangesNothing(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, fresh func(*testing.T) archive.Place) {
		d := begin(t, fresh(t))
		d.answer(d.mail("Camille Renaud", "Ma bague"))
		file := filepath.Join(t.TempDir(), "lila.tar")
		_, err := archive.Write(t.Context(), d.place, file, "1.0", monday)
		must(t, err)
		whole, err := os.ReadFile(file)
		must(t, err)
		place, parts := fresh(t), partsOf(t, whole)
		if len(parts) < 6 {
			t.Fatalf("parts = %v", parts)
		}
		for name, at := range parts {
			bad := bytes.Clone(whole)
			bad[at] ^= 0x20
			if name == "SHA256SUMS" { // it then names a part wrongly
				name = ""
			}
			refused(t, place, bad, name)
		}
		refused(t, place, whole[:len(whole)/2], "ends")
		refused(t, place, []byte("Bonjour"), "")
		refused(t, place, nil, "")
	})
}

func refused(t *testing.T, place archive.Place, content []byte, named string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "bad.tar")
	must(t, os.WriteFile(file, content, 0o600))
	_, verified := archive.Verify(t.Context(), file)
	_, restored := archive.Restore(t.Context(), file, place, false, later)
	var damage *archive.Damaged
	if !errors.As(restored, &damage) || !strings.Contains(restored.Error(), named) {
		t.Errorf("restore says %v, want the damage of %s", restored, named)
	}
	if verified == nil {
		t.Errorf("verified in spite of the damage of %s", named)
	}
	left, err := os.ReadDir(place.Data)
	must(t, err)
	if len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// partsOf tells for each part where a byte of its content lies.
func partsOf(t *testing.T, whole []byte) map[string]int {
	t.Helper()
	source := bytes.NewReader(whole)
	at := map[string]int{}
	for r := tar.NewReader(source); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return at
		}
		must(t, err)
		if h.Size > 0 {
			at[h.Name] = len(whole) - source.Len() + int(h.Size)/2
		}
	}
}

func TestAPlaceInUseIsLeftAlone(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, fresh func(*testing.T) archive.Place) {
		d := begin(t, fresh(t))
		d.mail("Camille Renaud", "Ma bague")
		file := filepath.Join(t.TempDir(), "lila.tar")
		written, err := archive.Write(t.Context(), d.place, file, "1.0", monday)
		must(t, err)
		d.mail("Paul Delmas", "Facture")
		d.leave()
		if _, err = archive.Restore(t.Context(), file, d.place, false, later); !errors.Is(err, archive.ErrOccupied) {
			t.Fatalf("restore over a desk says %v", err)
		}
		if again := open(t, d.place); again.figure(countOf) != 2002002 {
			t.Errorf("counts = %d after a refusal", again.figure(countOf))
		} else {
			again.leave()
		}
		restored, err := archive.Restore(t.Context(), file, d.place, true, later)
		must(t, err)
		if again := open(t, d.place); again.figure(countOf) != 1001001 || restored.Counts != written.Counts {
			t.Errorf("counts = %d after force", again.figure(countOf))
		}
		// Nobody's only copy is deleted.
		if _, err := os.Stat(filepath.Join(restored.Aside, "secret.key")); err != nil || restored.Aside == "" {
			t.Errorf("what was there is not in %q: %v", restored.Aside, err)
		}
	})
}

func TestAMissingFileIsSaid(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, fresh func(*testing.T) archive.Place) {
		d := begin(t, fresh(t))
		d.mail("Camille Renaud", "Ma bague")
		d.mail("Paul Delmas", "Facture")
		h := string(d.raws()[0])
		must(t, os.WriteFile(filepath.Join(d.place.Blobs, h[:2], h[2:]), []byte("rot"), 0o600))
		file := filepath.Join(t.TempDir(), "lila.tar")
		written, err := archive.Write(t.Context(), d.place, file, "1.0", monday)
		must(t, err)
		if len(written.Missing) != 1 || string(written.Missing[0]) != h {
			t.Errorf("missing = %v, want %s", written.Missing, h)
		}
		_, err = archive.Restore(t.Context(), file, fresh(t), false, later)
		must(t, err) // the rest is worth having
	})
}

func TestTheOtherStoresArchive(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, fresh func(*testing.T) archive.Place) {
		d := begin(t, fresh(t))
		file := filepath.Join(t.TempDir(), "lila.tar")
		_, err := archive.Write(t.Context(), d.place, file, "1.0", monday)
		must(t, err)
		other := fresh(t)
		if strings.HasPrefix(other.Store, "postgres") {
			other.Store = filepath.Join(other.Data, "comptoir.db")
		} else {
			other.Store = "postgres://nobody@127.0.0.1:1/none"
		}
		_, err = archive.Restore(t.Context(), file, other, true, later)
		if err == nil || !strings.Contains(err.Error(), "the backup is one of") {
			t.Errorf("restore says %v", err)
		}
	})
}

// Nobody reads along: the archive holds every mail and the key.
func TestOnlyItsOwnerReadsTheArchive(t *testing.T) {
	t.Parallel()
	place := archive.Place{Data: t.TempDir()}
	place.Store, place.Blobs = filepath.Join(place.Data, "comptoir.db"), filepath.Join(place.Data, "blobs")
	begin(t, place)
	file := filepath.Join(t.TempDir(), "lila.tgz")
	_, err := archive.Write(t.Context(), place, file, "1.0", monday)
	must(t, err)
	info, err := os.Stat(file)
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode = %v", info.Mode())
	}
	raw, err := os.ReadFile(file)
	must(t, err)
	if _, err := gzip.NewReader(bytes.NewReader(raw)); err != nil {
		t.Errorf("a name in .tgz is compressed: %v", err)
	}
}

func TestThereMustBeADesk(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, fresh func(*testing.T) archive.Place) {
		file := filepath.Join(t.TempDir(), "none.tar")
		_, err := archive.Write(t.Context(), fresh(t), file, "1.0", monday)
		if err == nil || !strings.Contains(err.Error(), "no desk") {
			t.Errorf("backup of nothing says %v", err)
		}
		if left, _ := os.ReadDir(filepath.Dir(file)); len(left) != 0 {
			t.Errorf("left behind: %v", left)
		}
	})
}

// A column that names stored files and is forgotten loses them.
func TestEachColumnOfStoredFilesIsKnown(t *testing.T) {
	t.Parallel()
	place := archive.Place{Data: t.TempDir()}
	place.Store, place.Blobs = filepath.Join(place.Data, "comptoir.db"), filepath.Join(place.Data, "blobs")
	d := begin(t, place)
	must(t, d.db.Read(t.Context(), func(tx *store.Tx) error {
		found, err := store.All[string](tx, blobLike)
		for _, name := range found {
			if !slices.Contains(archive.BlobColumns, name) {
				t.Errorf("%s sounds like stored files, but a backup doesn't take them along and the sweep deletes them", name)
			}
		}
		for _, name := range archive.BlobColumns {
			if !slices.Contains(found, name) {
				t.Errorf("there is no column %s", name)
			}
		}
		return err
	}))
}

var blobLike = store.PerStore(`
	select m.name || '.' || c.name from sqlite_master m join pragma_table_info(m.name) c
	where m.type = 'table' and c.name in ('blob', 'raw', 'logo', 'thumbnail', 'picture', 'image', 'file', 'content', 'source_blob')`, `select ''`)
