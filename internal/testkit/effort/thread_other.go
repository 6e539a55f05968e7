//go:build !linux

package effort

import "time"

var begun = time.Now() //nolint:forbidigo // measures, and sets no clock

// onProcessor is the time that passes, where threads have none of their own.
func onProcessor() time.Duration { return time.Since(begun) }
