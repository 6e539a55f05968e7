package harness

import (
	"testing"

	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
)

// judge compares what the mailbox holds and the relay was thanked for with what
// the desk shows.
func (s *ingest) judge(tb testing.TB, shown reading) {
	tb.Helper()
	told := map[digest]mail{}
	for _, m := range s.script {
		if _, known := told[digestOf(m.raw)]; !known {
			told[digestOf(m.raw)] = m
		}
	}
	s.judgeBox(tb, told)
	s.judgeMails(tb, told, shown)
	s.judgeThreads(tb, told, shown)
	s.judgeQuarantine(tb, told, shown)
	s.judgeFigures(tb)
}

// judgeBox: the desk must not have harmed the mailbox itself.
func (s *ingest) judgeBox(tb testing.TB, told map[digest]mail) {
	tb.Helper()
	held := map[string]map[digest]int{"kept": {}, "Junk": {}}
	count := func(into string, list []mailserver.Stored) {
		for _, m := range list {
			held[into][digestOf(m.Raw)]++
		}
	}
	count("kept", s.boxes.List(tb, Own, "INBOX"))
	if s.after == "move" {
		count("kept", s.boxes.List(tb, Own, archive))
	}
	count("Junk", s.boxes.List(tb, Own, "Junk"))
	for _, m := range s.script {
		place := "kept"
		if m.folder == "Junk" {
			place = "Junk"
		}
		if n := held[place][digestOf(m.raw)]; !m.byRelay && n != 1 {
			tb.Errorf("the mailbox holds a mail of thread %d %d times in %s", m.thread, n, place)
		}
	}
	for place, all := range held {
		for d := range all {
			if _, known := told[d]; !known {
				tb.Errorf("the mailbox holds in %s what nobody sent", place)
			}
		}
	}
}

func (s *ingest) judgeMails(tb testing.TB, told map[digest]mail, shown reading) {
	tb.Helper()
	seen := map[digest]int{}
	for _, m := range shown.messages {
		seen[m.bytes]++
		want, known := told[m.bytes]
		switch {
		case !known:
			s.tally.Ghost++
			tb.Errorf("ghost: message %d is not in the mailbox", m.id)
		case want.files != m.files:
			tb.Errorf("message %d has %d attachments, want %d", m.id, m.files, want.files)
		}
	}
	for d, m := range told {
		switch n := seen[d]; {
		case m.broken:
		case n == 0:
			s.tally.Lost++
			tb.Errorf("lost: a mail of thread %d (relay %v):\n%.300s", m.thread, m.byRelay, m.raw)
		case n > 1:
			s.tally.Doubled++
			tb.Errorf("doubled: a mail of thread %d is shown %d times", m.thread, n)
		}
	}
}

func (s *ingest) judgeThreads(tb testing.TB, told map[digest]mail, shown reading) {
	tb.Helper()
	threads := map[int64]map[int]int{} // conversation → thread → mails
	places := map[int]map[int64]bool{} // thread → conversations
	for _, m := range shown.messages {
		want, known := told[m.bytes]
		if !known {
			continue
		}
		if threads[m.conversation] == nil {
			threads[m.conversation] = map[int]int{}
		}
		if places[want.thread] == nil {
			places[want.thread] = map[int64]bool{}
		}
		threads[m.conversation][want.thread]++
		places[want.thread][m.conversation] = true
	}
	for id, in := range threads {
		if len(in) > 1 {
			s.tally.Threaded += len(in) - 1
			tb.Errorf("misthreaded: conversation %d holds the threads %v", id, in)
		}
	}
	for thread, in := range places {
		if len(in) > 1 {
			s.tally.Threaded += len(in) - 1
			tb.Errorf("misthreaded: thread %d lies in the conversations %v", thread, in)
		}
	}
	for id, conv := range shown.conversations {
		if len(threads[id]) == 0 {
			s.tally.Ghost++
			tb.Errorf("ghost: conversation %d holds no mail of a customer", id)
			continue
		}
		if n := conv.openAnswers(); n != 1 || len(conv.Promises) != 1 || !shown.owed[id] {
			s.tally.Unowed++
			tb.Errorf("conversation %d is owed %d answers (promises %v, tray %s, listed %v), want one", id, n, conv.Promises, conv.Tray, shown.owed[id])
		}
	}
}

func (s *ingest) judgeQuarantine(tb testing.TB, told map[digest]mail, shown reading) {
	tb.Helper()
	seen := map[digest]int{}
	for _, q := range shown.quarantine {
		seen[digestOf(q.raw)]++
		if m, known := told[digestOf(q.raw)]; !known || !m.broken {
			tb.Errorf("in quarantine for %q, and sound:\n%.300s", q.Reason, q.raw)
		}
	}
	for d, m := range told {
		if m.broken && seen[d] != 1 {
			s.tally.Lost++
			tb.Errorf("a broken mail is in quarantine %d times:\n%s", seen[d], m.raw)
		}
	}
}

// judgeFigures: "n in the box, n in the desk, 0 missing" must be true.
func (s *ingest) judgeFigures(tb testing.TB) {
	tb.Helper()
	var boxes struct {
		Items []struct {
			Folders []struct {
				Name    string `json:"name"`
				InBox   int    `json:"in_box"`
				InDesk  int    `json:"in_desk"`
				Missing int    `json:"missing"`
			} `json:"folders_state"`
		} `json:"items"`
	}
	s.client.Do(tb, "POST", "/settings/mailboxes/1/reconcile", nil, nil) // mails may have been moved since the last
	s.client.Do(tb, "GET", "/settings/mailboxes", nil, &boxes)
	for _, f := range boxes.Items[0].Folders {
		if n := len(s.boxes.List(tb, Own, f.Name)); f.InBox != n || f.InDesk != n || f.Missing != 0 {
			tb.Errorf("%s: %d in the box, %d in the desk, %d missing; the box holds %d", f.Name, f.InBox, f.InDesk, f.Missing, n)
		}
	}
}
