package kill_test

import (
	"fmt"
	"os"
	"strconv"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/testkit/postgres"
	"github.com/comptoir-desk/comptoir/test/kill/harness"
)

// binary is the desk, built once a run with its failpoints.
var binary string

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "comptoir-kill-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if binary, err = harness.Build(dir, "failpoints"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// kills is how many this run asks for; COMPTOIR_KILLS makes it more.
func kills(usual int) int {
	if n, err := strconv.Atoi(os.Getenv("COMPTOIR_KILLS")); err == nil && n > usual {
		return n
	}
	return usual
}

// tell prints the line, also of a run that passed.
func tell(t *testing.T, tally *harness.Tally) {
	t.Helper()
	fmt.Fprintln(os.Stderr, t.Name()+": "+tally.String())
	if !tally.Clean() {
		t.Errorf("not clean: %s", tally)
	}
}

// A desk that is killed at each boundary and at random while customers write
// shows each mail of the box once, in its conversation, owed one answer.
func TestKilledWhileMailComesIn(t *testing.T) {
	t.Parallel()
	n := kills(40)
	tell(t, harness.Ingest(t, harness.IngestPlan{Binary: binary, Kills: n, Threads: 2 * n, AfterIntake: "none", Seed: 1}))
}

// The same where each mail is moved to another folder once it is taken.
func TestKilledWhileMailIsMovedAway(t *testing.T) {
	t.Parallel()
	n := kills(14)
	tell(t, harness.Ingest(t, harness.IngestPlan{Binary: binary, Kills: n, Threads: 2 * n, AfterIntake: "move", Seed: 2}))
}

// The same on PostgreSQL, where a killed desk's jobs wait for their lease.
func TestKilledWhileMailComesInOnPostgreSQL(t *testing.T) {
	t.Parallel()
	if !postgres.Wanted() {
		return
	}
	n := kills(10)
	tell(t, harness.Ingest(t, harness.IngestPlan{Binary: binary, Database: postgres.DSN(t), Kills: n, Threads: 2 * n, AfterIntake: "flag", Seed: 3}))
}

// A desk that is killed at each boundary and at random while a person answers
// loses no answer, and repeats only what it marked uncertain.
func TestKilledWhileAnswersLeave(t *testing.T) {
	t.Parallel()
	n := kills(50)
	tell(t, harness.Send(t, harness.SendPlan{Binary: binary, Kills: n, Answers: 2 * n, Seed: 4}))
}

// A desk that is killed while an incident's answers leave one by one goes on by
// itself: each customer gets one.
func TestKilledWhileAnIncidentIsAnswered(t *testing.T) {
	t.Parallel()
	n := kills(30)
	tell(t, harness.Crowd(t, harness.SendPlan{Binary: binary, Kills: n, Answers: 2 * n, Seed: 8}))
}

// The same on PostgreSQL, where a killed desk's jobs wait for their lease.
func TestKilledWhileAnIncidentIsAnsweredOnPostgreSQL(t *testing.T) {
	t.Parallel()
	if !postgres.Wanted() {
		return
	}
	n := kills(10)
	tell(t, harness.Crowd(t, harness.SendPlan{Binary: binary, Database: postgres.DSN(t), Kills: n, Answers: 2 * n, Seed: 9}))
}

// The same through Postfix into the customers' own mailboxes.
func TestKilledWhileAnswersLeaveByPostfix(t *testing.T) {
	t.Parallel()
	tell(t, harness.Send(t, harness.SendPlan{Binary: binary, Kills: 10, Answers: 20, Postfix: true, Seed: 5}))
}

// The same on PostgreSQL.
func TestKilledWhileAnswersLeaveOnPostgreSQL(t *testing.T) {
	t.Parallel()
	if !postgres.Wanted() {
		return
	}
	tell(t, harness.Send(t, harness.SendPlan{Binary: binary, Database: postgres.DSN(t), Kills: 10, Answers: 20, Seed: 6}))
}

// A mail server that restarts while thirty answers leave fails none of them.
func TestTheMailServerRestarts(t *testing.T) {
	t.Parallel()
	tally := harness.Restart(t, harness.SendPlan{Binary: binary, Answers: 30, Seed: 7})
	tell(t, tally)
	if tally.Repeated != 1 {
		t.Errorf("%d answers arrived twice, want the one that was cut after its last byte", tally.Repeated)
	}
}
