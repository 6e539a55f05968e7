//go:build failpoints && unix

package failpoint

import (
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

var (
	wanted, nth = parse(os.Getenv("COMPTOIR_FAILPOINT"))
	passed      atomic.Int64
)

func parse(s string) (name string, n int64) {
	name, count, found := strings.Cut(s, ":")
	if !found {
		return name, 1
	}
	n, err := strconv.ParseInt(count, 10, 64)
	if err != nil || n < 1 {
		panic("COMPTOIR_FAILPOINT: " + s) // a test that kills nothing must not pass
	}
	return name, n
}

// Hit passes the named boundary, or ends the process there.
func Hit(name string) {
	if wanted == "" || name != wanted || passed.Add(1) != nth {
		return
	}
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {} // the signal may be delivered to another thread first
}

// Duration is what COMPTOIR_FAILPOINT_DURATIONS gives for the name
// ("delivery.uncertain_wait=5s,jobs.lease=2s"), else usual.
func Duration(name string, usual time.Duration) time.Duration {
	for given := range strings.SplitSeq(os.Getenv("COMPTOIR_FAILPOINT_DURATIONS"), ",") {
		key, value, _ := strings.Cut(given, "=")
		if key != name {
			continue
		}
		d, err := time.ParseDuration(value)
		if err != nil {
			panic("COMPTOIR_FAILPOINT_DURATIONS: " + given) // a test that waits ten minutes must not hide why
		}
		return d
	}
	return usual
}
