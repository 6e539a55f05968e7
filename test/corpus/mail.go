package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/mime"
)

// perFile is far above what any mail takes; past it a file counts as hanging.
const perFile = 5 * time.Second

// bounceBar is the share of notices that must get their class.
const bounceBar = 0.98

// mailScore counts what became of the mails of a corpus.
type mailScore struct {
	files, read, quarantined, broken int
	notices, classed, linked         int
	slowest                          time.Duration
	misses                           []string
}

// scoreMail reads every file under dir/mail, prints a table and each miss by
// name, and says whether the bars hold: nothing crashes, hangs or gives text
// that isn't UTF-8, and 98 % of dir/mail/bounces get the class that their file
// name tells.
func scoreMail(dir string) (ok bool) {
	var s mailScore
	root := filepath.Join(dir, "mail")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(root, path)
		s.file(filepath.ToSlash(name), path)
		return nil
	})
	if err != nil {
		fmt.Println("mail:", err)
		return false
	}
	return s.print()
}

func (s *mailScore) file(name, path string) {
	s.files++
	raw, err := os.ReadFile(path) //nolint:gosec // the operator names the folder
	if err != nil {
		s.miss(name, err.Error())
		return
	}
	start := time.Now()
	m, problem := parseWithin(raw, perFile)
	s.slowest = max(s.slowest, time.Since(start))
	switch {
	case problem != "":
		s.broken++
		s.miss(name, problem)
		return
	case m == nil:
		s.quarantined++
		s.misses = append(s.misses, fmt.Sprintf("  quarantined  %s", name))
		return
	}
	s.read++
	if !utf8.ValidString(m.Text + m.HTML + m.Subject + m.From.Name) {
		s.broken++
		s.miss(name, "text is not valid UTF-8")
	}
	if base, isNotice := strings.CutPrefix(name, "bounces/"); isNotice {
		s.notice(name, base, m)
	}
}

func (s *mailScore) notice(name, base string, m *mime.Mail) {
	s.notices++
	if !rightClass(base, m.Class) {
		s.miss(name, "classed "+string(m.Class))
		return
	}
	s.classed++
	if len(m.Reports) > 0 && m.Reports[0].OriginalMessageID != "" && m.Reports[0].Recipient != "" {
		s.linked++
	}
}

func rightClass(base string, class mime.Class) bool {
	switch {
	case strings.HasPrefix(base, "arf-"):
		return class == mime.ClassReport
	case strings.HasPrefix(base, "rfc3834-"):
		return class == mime.ClassAutoReply
	}
	return class == mime.ClassBounce || class == mime.ClassDelay
}

func (s *mailScore) miss(name, cause string) {
	s.misses = append(s.misses, fmt.Sprintf("  MISS  %s: %s", name, cause))
}

func (s *mailScore) print() bool {
	share := 1.0
	if s.notices > 0 {
		share = float64(s.classed) / float64(s.notices)
	}
	fmt.Printf("mail: %d files, %d read, %d quarantined, %d broken; slowest %s\n", s.files, s.read, s.quarantined, s.broken, s.slowest.Round(time.Microsecond))
	fmt.Printf("notices: %d, classed %d (%.1f %%, bar %.0f %%), with message and recipient %d\n", s.notices, s.classed, share*100, bounceBar*100, s.linked)
	for _, m := range s.misses {
		fmt.Println(m)
	}
	return s.files > 0 && s.broken == 0 && share >= bounceBar
}

// parseWithin turns a crash or a hang into a word for it; nil and "" means
// quarantined.
func parseWithin(raw []byte, limit time.Duration) (*mime.Mail, string) {
	type outcome struct {
		mail    *mime.Mail
		problem string
	}
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		defer func() {
			if r := recover(); r != nil {
				o.problem = fmt.Sprint("crashed: ", r)
			}
			done <- o
		}()
		o.mail, _ = mime.Parse(raw, mime.Options{}) // an error means quarantined
	}()
	select {
	case o := <-done:
		return o.mail, o.problem
	case <-time.After(limit):
		return nil, "hangs"
	}
}
