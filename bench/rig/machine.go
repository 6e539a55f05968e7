package rig

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// Machine describes what the bench ran on, without names.
func Machine(dir string) string {
	return fmt.Sprintf("%d cores, %s RAM, fsync of 16 KB %s (median of 50), Linux %s, %s, load %s before",
		runtime.NumCPU(), memory(), syncTime(dir).Round(10*time.Microsecond), kernel(), runtime.Version(), load())
}

func memory() string {
	raw, _ := os.ReadFile("/proc/meminfo")
	var kb float64
	_, _ = fmt.Sscanf(string(raw), "MemTotal: %f kB", &kb)
	return fmt.Sprintf("%.0f GB", kb/1e6)
}

func kernel() string {
	raw, _ := os.ReadFile("/proc/sys/kernel/osrelease")
	version, _, _ := strings.Cut(strings.TrimSpace(string(raw)), "-")
	return version
}

func load() string {
	raw, _ := os.ReadFile("/proc/loadavg")
	one, _, _ := strings.Cut(string(raw), " ")
	return one
}

// syncTime is how long the disk takes to make a small write durable.
func syncTime(dir string) time.Duration {
	f, err := os.Create(filepath.Join(dir, "sync"))
	if err != nil {
		return 0
	}
	defer os.Remove(f.Name()) //nolint:errcheck // its folder goes anyway
	defer f.Close()
	block := make([]byte, 16<<10)
	took := make([]time.Duration, 50)
	for i := range took {
		if _, err := f.Write(block); err != nil {
			return 0
		}
		start := time.Now()
		if f.Sync() != nil {
			return 0
		}
		took[i] = time.Since(start)
	}
	slices.Sort(took)
	return took[len(took)/2]
}
