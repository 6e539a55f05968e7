package effort

import (
	"time"

	"golang.org/x/sys/unix"
)

// onProcessor is how long this thread has had a processor.
func onProcessor() time.Duration {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &now); err != nil {
		panic(err)
	}
	return time.Duration(now.Nano())
}
