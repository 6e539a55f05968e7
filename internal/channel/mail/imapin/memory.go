package imapin

import (
	"strconv"
	"sync"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
)

// memory is what is known of a mailbox between connections. It is lost with
// the process, which costs a few tries again, never mail.
type memory struct {
	settling sync.Mutex // held by the one that flags or moves
	mu       sync.Mutex
	tries    map[mail]int
	suspects map[mail]bool
	noList   bool // LIST broke the connection: ask for known names only
	started  time.Time
	lastLook time.Time            // last time something went well; zero before the first
	lastMail time.Time            // newest arrival stored
	missing  int64                // of the last reconciliation; -1 before the first
	told     *Problem             // the alarm as the recorder knows it; nil before the first
	compared map[string]time.Time // when each folder was last compared mail by mail
}

// mail names one mail on its server.
type mail struct {
	folder   string
	validity int64
	uid      int64
}

func (s *Service) memoryOf(m id.Mailbox) *memory {
	s.mu.Lock()
	defer s.mu.Unlock()
	mem, ok := s.memory[m]
	if !ok {
		mem = &memory{tries: map[mail]int{}, suspects: map[mail]bool{}, compared: map[string]time.Time{}, started: s.Clock.Now(), missing: -1}
		s.memory[m] = mem
	}
	return mem
}

// startOver forgets how the mailbox was, when another process reads it by now:
// what is remembered would raise alarms about looks that are no longer ours.
func (m *memory) startOver(now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.started, m.lastLook, m.lastMail = now, time.Time{}, time.Time{}
	m.missing, m.told, m.compared = -1, nil, map[string]time.Time{}
}

// looked notes that something went well, and the newest arrival stored.
func (m *memory) looked(at, arrival time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lastLook = at
	if arrival.After(m.lastMail) {
		m.lastMail = arrival
	}
}

func (m *memory) newest() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.lastMail
}

func (m *memory) reconciled(missing int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.missing = missing
}

// comparedSince tells whether the folder was compared mail by mail after t.
func (m *memory) comparedSince(folder string, t time.Time) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.compared[folder].After(t)
}

func (m *memory) comparedAt(folder string, at time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.compared[folder] = at
}

// alarm is what must alarm people now, and whether that is news. After a start
// an alarm of the time before ends only when all was seen to be well.
func (m *memory) alarm(now time.Time, patience time.Duration) (p Problem, changed bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	last := m.lastLook
	if last.IsZero() {
		last = m.started
	}
	switch {
	case now.Sub(last) > patience:
		p = Problem{CodeSilent, last.Format(time.RFC3339)}
	case m.missing > 0:
		p = Problem{CodeMissing, strconv.FormatInt(m.missing, 10)}
	case m.told == nil && (m.lastLook.IsZero() || m.missing < 0):
		return p, false
	}
	if m.told != nil && *m.told == p {
		return p, false
	}
	m.told = &p
	return p, true
}

// failed counts one more failure of a mail and suspects it from now on.
func (m *memory) failed(k mail) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.suspects[k] = true
	m.tries[k]++
}

func (m *memory) suspect(k mail) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.suspects[k] = true
}

func (m *memory) settled(k mail) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.suspects, k)
	delete(m.tries, k)
}

func (m *memory) of(k mail) (tries int, suspected bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.tries[k], m.suspects[k]
}
