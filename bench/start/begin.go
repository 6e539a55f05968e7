package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/comptoir-desk/comptoir/bench/rig"
)

const times = 9

type begun struct {
	conversations int
	warm, cold    []time.Duration // ascending
	memory        rig.Memory
	database      int64
}

func measureStart(s *rig.Stage, binary string, conversations int) (out begun, err error) {
	ctx := s.Context()
	desk, err := rig.NewDesk(s, binary, "")
	if err != nil {
		return out, err
	}
	if err := desk.Start(ctx); err != nil {
		return out, err
	}
	if err := desk.SetUp(ctx); err != nil {
		return out, err
	}
	desk.Stop()
	file := filepath.Join(desk.Data, "comptoir.db")
	if err := seed(ctx, file, conversations); err != nil {
		return out, fmt.Errorf("seed: %w", err)
	}
	out.conversations = conversations
	for i := range 2*times + 1 {
		cold := i > times
		if cold {
			if err := evict(file); err != nil {
				return out, err
			}
		}
		list, err := untilListed(ctx, desk)
		if err != nil {
			return out, fmt.Errorf("%w\n%s", err, desk.Log())
		}
		if out.memory, err = rig.MemoryOf(desk.PID()); err != nil {
			return out, err
		}
		desk.Stop()
		switch {
		case i == 0: // the first reads the file and ends the seed's write-ahead log
		case cold:
			out.cold = append(out.cold, list)
		default:
			out.warm = append(out.warm, list)
		}
	}
	for _, d := range [][]time.Duration{out.warm, out.cold} {
		slices.Sort(d)
	}
	info, err := os.Stat(file)
	if err != nil {
		return out, err
	}
	out.database = info.Size()
	return out, nil
}

func median(sorted []time.Duration) time.Duration { return sorted[len(sorted)/2] }

// untilListed starts the process and asks for the owed list as a browser with a
// session does, again and again until it is there.
func untilListed(ctx context.Context, desk *rig.Desk) (time.Duration, error) {
	cookie := desk.Cookie()
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	start := time.Now()
	if err := desk.Exec(); err != nil {
		return 0, err
	}
	for ctx.Err() == nil {
		n, err := ask(ctx, desk.Base+"/api/v1/conversations?view=owed", cookie)
		switch {
		case err == nil && n > 10_000: // bytes: a full page of rows
			return time.Since(start), nil
		case err == nil:
			return 0, fmt.Errorf("the list has %d bytes only", n)
		case !errors.Is(err, errRefused):
			return 0, err
		}
		time.Sleep(time.Millisecond)
	}
	return 0, ctx.Err()
}

var errRefused = errors.New("nobody listens yet")

func ask(ctx context.Context, url, cookie string) (int64, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Cookie", cookie)
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(req)
	if errors.Is(err, syscall.ECONNREFUSED) {
		return 0, errRefused
	}
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	n, err := io.Copy(io.Discard, bufio.NewReader(res.Body))
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("owed list: %s", res.Status)
	}
	return n, err
}

// evict asks the kernel to forget what it has of a file (posix_fadvise, 4 is
// DONTNEED).
func evict(path string) error {
	f, err := os.Open(path) //nolint:gosec // the bench's own file
	if err != nil {
		return err
	}
	defer f.Close()
	if _, _, e := syscall.Syscall6(syscall.SYS_FADVISE64, f.Fd(), 0, 0, 4, 0, 0); e != 0 {
		return e
	}
	return nil
}
