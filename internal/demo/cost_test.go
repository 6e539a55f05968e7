//go:build unix && !race

package demo_test

import (
	"syscall"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/demo"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

// A newcomer waits for it at the first page: five seconds at most. Processor
// time is counted, since the machine that tests may be busy. It runs beside no
// other test of the package.
func TestCost(t *testing.T) { //nolint:paralleltest // measures the whole process
	db := testkit.OpenStore(t, t.TempDir()+"/desk.db")
	p := build(t, db)
	before, began := spent(t), time.Now()
	if _, err := demo.Create(t.Context(), p.Desk, wednesday); err != nil {
		t.Fatal(err)
	}
	cost := spent(t) - before
	t.Logf("%s of processor time, %s on the clock", cost, time.Since(began))
	if cost > 5*time.Second {
		t.Errorf("the demo shop costs %s", cost)
	}
}

func spent(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
