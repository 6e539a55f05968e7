package app

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// giveBinaryBack unmaps the pages of the program's own file. Linux maps sixteen
// around each that is touched, so that after a busy minute nearly all of the
// file counts as resident; those still needed come back from the page cache at
// their next use. Only mappings that are read-only and have never been written
// to are given back, for the others hold what the file doesn't.
func giveBinaryBack() error {
	own, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return fmt.Errorf("own file: %w", err)
	}
	maps, err := os.Open("/proc/self/smaps")
	if err != nil {
		return fmt.Errorf("own mappings: %w", err)
	}
	defer func() { _ = maps.Close() }()
	var start, end uintptr
	ours := false
	lines := bufio.NewScanner(maps)
	for lines.Scan() {
		line := lines.Text()
		// A mapping begins with its addresses, each fact of it with a name and a colon (proc_pid_smaps(5)).
		name, _, _ := strings.Cut(line, " ")
		if !strings.HasSuffix(name, ":") {
			if _, err := fmt.Sscanf(name, "%x-%x", &start, &end); err != nil {
				return fmt.Errorf("own mappings: %q: %w", line, err)
			}
			ours = strings.HasSuffix(line, " "+own) && strings.Contains(line, " r") && !strings.Contains(line, " rw")
			continue
		}
		if ours && name == "Anonymous:" && strings.HasSuffix(line, " 0 kB") {
			if _, _, failed := unix.Syscall(unix.SYS_MADVISE, start, end-start, unix.MADV_DONTNEED); failed != 0 {
				return fmt.Errorf("give back the program's pages: %w", failed)
			}
		}
	}
	return lines.Err()
}
