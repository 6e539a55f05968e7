package app

import (
	"strings"

	"golang.org/x/sys/unix"

	"github.com/comptoir-desk/comptoir/internal/api"
	"github.com/comptoir-desk/comptoir/internal/app/doctor"
)

// steps folds the steps of a connection test into one line for reading and one
// for sending: the step that failed, else the last one.
func (v *visit) steps(address string, checks []api.Check) {
	for _, way := range []struct{ prefix, name string }{{"imap.", "mail in"}, {"smtp.", "mail out"}} {
		var last *api.Check
		for i := range checks {
			if strings.HasPrefix(checks[i].Step, way.prefix) {
				last = &checks[i]
			}
		}
		if last == nil {
			continue
		}
		says := doctor.Text{FR: last.FR, EN: last.EN}
		if last.OK {
			v.tell(way.name, address, doctor.OK, says, doctor.Text{})
			continue
		}
		v.tell(way.name, address, doctor.Fail, says, doctor.Text{
			FR: "Corrigez les réglages de la boîte, puis essayez la connexion.", EN: "Correct the mailbox's settings, then test the connection.",
		})
	}
}

// freeSpace is what the disk of path still takes from us.
func freeSpace(path string) (uint64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(path, &s); err != nil {
		return 0, err
	}
	return uint64(s.Bavail) * uint64(s.Bsize), nil //nolint:unconvert // types differ between systems
}
