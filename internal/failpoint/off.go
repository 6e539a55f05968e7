//go:build !failpoints

package failpoint

import "time"

// Hit passes the named boundary.
func Hit(string) {}

// Duration is usual.
func Duration(_ string, usual time.Duration) time.Duration { return usual }
