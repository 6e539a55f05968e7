//go:build unix && !linux

package effort

import (
	"time"

	"golang.org/x/sys/unix"
)

// onProcessor is the whole program's, where a thread's own can't be asked for.
func onProcessor() time.Duration {
	var used unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &used); err != nil {
		panic(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
