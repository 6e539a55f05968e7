package durable_test

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// call is one system call of the desk. Its place in time is two line numbers of
// the trace: strace writes an entry before whatever that call makes happen, and
// an exit after it, so that "a ended before b began" is a.end < b.begin.
type call struct {
	name       string
	args       string
	result     string
	begin, end int
}

func (c call) String() string {
	return fmt.Sprintf("%d–%d %s(%.160s) = %s", c.begin, c.end, c.name, c.args, c.result)
}

// done tells that the call succeeded.
func (c call) done() bool { return c.result != "" && !strings.HasPrefix(c.result, "-") }

var (
	wholeCall = regexp.MustCompile(`^(\d+) +(\w+)\((.*)\)\s+= (.*)$`)
	firstHalf = regexp.MustCompile(`^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$`)
	otherHalf = regexp.MustCompile(`^(\d+) +<\.\.\. (\w+) resumed>(.*)\)\s+= (.*)$`)
)

// trace is all calls, in the order in which they began.
type trace []call

func readTrace(t *testing.T, path string) trace {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var calls trace
	open := map[string]int{} // thread → index of the call it is in
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 0; lines.Scan(); n++ {
		line := lines.Text()
		if m := firstHalf.FindStringSubmatch(line); m != nil {
			open[m[1]] = len(calls)
			calls = append(calls, call{name: m[2], args: m[3], begin: n, end: 1 << 30})
		} else if m := otherHalf.FindStringSubmatch(line); m != nil {
			if i, ok := open[m[1]]; ok {
				calls[i].args += m[3]
				calls[i].result, calls[i].end = m[4], n
				delete(open, m[1])
			}
		} else if m := wholeCall.FindStringSubmatch(line); m != nil {
			calls = append(calls, call{name: m[2], args: m[3], result: m[4], begin: n, end: n})
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return calls
}

// first is the first call after a point in time that the pattern matches, as
// "name(args)".
func (calls trace) first(after int, pattern string) (call, bool) {
	re := regexp.MustCompile(pattern)
	for _, c := range calls {
		if c.begin > after && re.MatchString(c.name+"("+c.args+")") {
			return c, true
		}
	}
	return call{}, false
}

// step is one call that must be seen, and its name for people.
type step struct{ what, pattern string }

// prove fails the test unless check is content.
func (calls trace) prove(t *testing.T, steps []step, ack step) {
	t.Helper()
	if err := calls.check(steps, ack); err != nil {
		t.Error(err)
	}
}

// check follows the steps: each must begin after the one before it ended, and
// succeed. ack is what the source hears, looked for from the start, so that one
// that came too early is found where it was.
func (calls trace) check(steps []step, ack step) error {
	heard, found := calls.first(-1, ack.pattern)
	if !found {
		return fmt.Errorf("%s was never sent (%s) in %d calls", ack.what, ack.pattern, len(calls))
	}
	at := -1
	for _, s := range steps {
		c, found := calls.first(at, s.pattern)
		switch {
		case !found:
			return fmt.Errorf("missing: %s (%s) after line %d", s.what, s.pattern, at)
		case !c.done():
			return fmt.Errorf("failed: %s: %s", s.what, c)
		case c.end >= heard.begin:
			return fmt.Errorf("too late: %s\n  %s\ncame after %s\n  %s", s.what, c, ack.what, heard)
		}
		at = c.end
	}
	return nil
}

// The judge itself is judged: it must see an answer that came too early, a sync
// that is missing and one that failed, also where threads interrupt each other.
func TestTheJudgeSeesAWrongOrder(t *testing.T) {
	t.Parallel()
	steps := []step{{"the file is synced", `^fsync\(3<`}, {"the folder is synced", `^fsync\(4<`}}
	ack := step{"the answer", `^write\(5<.*"250`}
	for name, tt := range map[string]struct{ trace, want string }{
		"in order": {
			"10 fsync(3</b/f> <unfinished ...>\n9  write(6</x>, \"y\", 1) = 1\n10 <... fsync resumed>) = 0\n10 fsync(4</b>) = 0\n9  write(5<TCP>, \"250 ok\", 6) = 6\n", "",
		},
		"the answer overtakes the sync": {
			"10 fsync(3</b/f>) = 0\n10 fsync(4</b> <unfinished ...>\n9  write(5<TCP>, \"250 ok\", 6) = 6\n10 <... fsync resumed>) = 0\n", "too late: the folder is synced",
		},
		"a sync is missing": {"10 fsync(3</b/f>) = 0\n9  write(5<TCP>, \"250 ok\", 6) = 6\n", "missing: the folder is synced"},
		"a sync failed":     {"10 fsync(3</b/f>) = -1 EIO (Input/output error)\n10 fsync(4</b>) = 0\n9  write(5<TCP>, \"250 ok\", 6) = 6\n", "failed: the file is synced"},
		"nothing is said":   {"10 fsync(3</b/f>) = 0\n10 fsync(4</b>) = 0\n", "the answer was never sent"},
	} {
		path := filepath.Join(t.TempDir(), "trace")
		if err := os.WriteFile(path, []byte(tt.trace), 0o600); err != nil {
			t.Fatal(err)
		}
		err := readTrace(t, path).check(steps, ack)
		if (err == nil) != (tt.want == "") || err != nil && !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}
