package doctor

import (
	"errors"
	"io/fs"
	"os"
	"time"
)

// Machine is what the checks of the machine need; tests put their own in.
type Machine struct {
	Now  time.Time
	Free func(path string) (uint64, error) // bytes free to us on the disk of path
}

const (
	lowDisk   = 1_000_000_000
	emptyDisk = 200_000_000
	// skew beyond smallSkew is worth a look; beyond bigSkew leases and due times
	// are wrong.
	smallSkew = 2 * time.Second
	bigSkew   = time.Minute
)

// Folder checks the data folder: that it can be written, that nobody else reads
// it, that its disk has room, and that its clock is ours.
func Folder(m Machine, dir string) []Finding {
	info, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return []Finding{{
			"data", "", Warn, say("Le dossier %s n'existe pas encore.", "The folder %s does not exist yet.", dir),
			say("Il sera créé au premier démarrage. Si un comptoir existe déjà, vérifiez --data.", "The first start makes it. If there is a desk already, check --data."),
		}}
	}
	if err != nil {
		return []Finding{unwritable(dir, err)}
	}
	f, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return []Finding{unwritable(dir, err)}
	}
	defer os.Remove(f.Name()) //nolint:errcheck // an empty file of ours
	defer f.Close()           //nolint:errcheck // nothing is kept of it
	_, err = f.WriteString("doctor\n")
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		return []Finding{unwritable(dir, err)}
	}
	list := []Finding{fine("data", "", say("Le dossier %s est accessible en écriture.", "The folder %s can be written.", dir))}
	if info.Mode().Perm()&0o007 != 0 {
		list = []Finding{{
			"data", "", Warn, say("Tous les comptes de la machine peuvent lire le dossier %s.", "Every account of the machine can read the folder %s.", dir),
			say("Fermez-le : chmod 750 %s", "Close it: chmod 750 %s", dir),
		}}
	}
	list = append(list, disk(m, dir))
	if written, err := f.Stat(); err == nil {
		list = append(list, Clock("files", m.Now, written.ModTime()))
	}
	return list
}

func unwritable(dir string, err error) Finding {
	return Finding{
		"data", "", Fail, say("Le dossier %s n'est pas accessible en écriture : %v.", "The folder %s cannot be written: %v.", dir, err),
		say("Donnez-le au compte qui lance Comptoir, ou indiquez un autre dossier par --data.", "Give it to the account that runs Comptoir, or name another one by --data."),
	}
}

func disk(m Machine, dir string) Finding {
	free, err := m.Free(dir)
	if err != nil {
		return Finding{
			"disk", "", Warn, say("La place libre est inconnue : %v.", "The free space is unknown: %v.", err),
			say("Vérifiez la place sur le disque à la main (df).", "Look at the disk's free space by hand (df)."),
		}
	}
	f := fine("disk", "", say("%.1f Go libres.", "%.1f GB free.", float64(free)/1e9))
	if free < lowDisk {
		f.State = Warn
		f.Do = say("Faites de la place : sans elle, le courrier reste sur le serveur de messagerie.", "Make room: without it mail stays on the mail server.")
	}
	if free < emptyDisk {
		f.State = Fail
	}
	return f
}

// Clock compares our time with that of the files' disk or of the database.
func Clock(of string, ours, theirs time.Time) Finding {
	apart := ours.Sub(theirs).Abs().Round(100 * time.Millisecond)
	f := fine("clock", of, say("L'horloge est juste, à %s près.", "The clock is right, within %s.", smallSkew))
	if apart <= smallSkew {
		return f
	}
	f.State = Warn
	f.Says = say("%s d'écart avec l'heure de cette machine.", "%s apart from this machine's time.", apart)
	f.Do = say("Réglez les horloges par NTP (timedatectl set-ntp true) : les échéances en dépendent.", "Set the clocks by NTP (timedatectl set-ntp true): due times depend on them.")
	if apart > bigSkew {
		f.State = Fail
	}
	return f
}

// released is a date that no right clock shows any more.
var released = time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)

// ClockRunsOn compares our time with the newest thing that the desk noted; zero
// when it noted nothing.
func ClockRunsOn(now, newest time.Time) Finding {
	f := fine("clock", "", say("%s.", "%s.", now.UTC().Format(time.RFC3339)))
	do := say("Corrigez l'heure de la machine, puis relancez Comptoir.", "Correct the machine's time, then start Comptoir anew.")
	switch {
	case now.Before(released):
		return Finding{"clock", "", Fail, say("L'horloge indique %s, ce qui est passé depuis longtemps.", "The clock shows %s, which is long ago.", now.UTC().Format(time.RFC3339)), do}
	case newest.After(now.Add(bigSkew)):
		return Finding{
			"clock", "", Fail,
			say("L'horloge a reculé : le comptoir a noté un événement à %s.", "The clock went back: the desk noted something at %s.", newest.UTC().Format(time.RFC3339)), do,
		}
	}
	return f
}
