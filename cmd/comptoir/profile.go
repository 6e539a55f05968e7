//go:build profile

package main

import (
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"syscall"
)

// A binary built with -tags profile writes cpu.pprof and heap.pprof into the
// folder that COMPTOIR_PROFILE names when it gets SIGUSR1, for `go tool pprof`.
func init() {
	dir := os.Getenv("COMPTOIR_PROFILE")
	if dir == "" {
		return
	}
	cpu, err := os.Create(filepath.Join(dir, "cpu.pprof"))
	if err != nil {
		log.Fatal(err)
	}
	if err := pprof.StartCPUProfile(cpu); err != nil {
		log.Fatal(err)
	}
	ends := make(chan os.Signal, 1)
	signal.Notify(ends, syscall.SIGUSR1)
	go func() {
		<-ends
		pprof.StopCPUProfile()
		heap, err := os.Create(filepath.Join(dir, "heap.pprof"))
		if err != nil {
			log.Fatal(err)
		}
		runtime.GC()
		if err := pprof.WriteHeapProfile(heap); err != nil {
			log.Fatal(err)
		}
		_ = heap.Close()
	}()
}
