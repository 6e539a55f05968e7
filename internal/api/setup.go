package api

import (
	"context"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/shop"
)

// What a desk can be at.
const (
	SetupFresh = "fresh" // nobody has set it up
	SetupDemo  = "demo"  // it shows the demo shop
	SetupShop  = "shop"  // somebody's shop
)

// Setup is what the first run asks of the program around the API, which keeps
// the demo shop and the real one on stores of their own.
type Setup interface {
	State(ctx context.Context) (SetupState, error)
	// TokenOK compares with the token that was printed at start.
	TokenOK(token string) bool
	// MakeDemo makes the demo shop, serves it and signs its owner in on a device
	// of this label.
	MakeDemo(ctx context.Context, label string) (sessionToken string, err error)
	// LeaveDemo goes back to a fresh desk; the demo's data stay in their file.
	LeaveDemo(ctx context.Context) error
	// MakeShop makes a shop with its owner, once: a Conflict fault when there is
	// one. A fault's field names its part by Within: "shop.name", "person.email",
	// "mailbox.address".
	MakeShop(ctx context.Context, in NewShop, label string) (sessionToken string, err error)
}

// SetupState is how far the desk is set up.
type SetupState struct {
	State      string
	DemoPeople []DemoPerson // of a demo shop
	// DemoPassword is that of its people, no secret.
	DemoPassword string
	Version      string
}

// DemoPerson is somebody to sign in as in the demo shop.
type DemoPerson struct {
	Name  string `json:"name"`
	Email string `json:"email"`
	Role  string `json:"role" enum:"owner,lead,agent"`
}

// NewShop is what a shop begins with.
type NewShop struct {
	Shop      shop.Input
	Owner     NewOwner
	Mailbox   *shop.MailboxInput // nil for none yet
	Hours     shop.ChannelHours  // those of every channel
	OwedSince time.Time
}

// NewOwner is the first person.
type NewOwner struct{ Name, Email, Password, Language string }

const setupCookie = "comptoir_setup"

// maySetUp: whoever sits at the machine, or has read the token that it printed.
func (s *Server) maySetUp(c *caller) bool {
	return c.local || c.setup != "" && s.Setup.TokenOK(c.setup)
}

// admitSetup lets somebody through to a desk that nobody has set up.
func (s *Server) admitSetup(ctx context.Context, c *caller) error {
	return s.admitAt(ctx, c, SetupFresh, "This desk is set up already.")
}

func (s *Server) admitAt(ctx context.Context, c *caller, wanted, otherwise string) error {
	if !s.maySetUp(c) {
		return fault.New(fault.Forbidden, "forbidden", "Open this page on the machine itself, or enter the token that it printed at start.")
	}
	now, err := s.Setup.State(ctx)
	if err == nil && now.State != wanted {
		err = fault.New(fault.Conflict, "conflict", otherwise)
	}
	return err
}

// isOwnName tells whether a request was addressed to this machine by one of its
// own names. A web page of somebody else's can have its name point here (DNS
// rebinding), and its requests then come from loopback and from its own origin.
func isOwnName(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.ToLower(strings.Trim(host, "[]")), ".")
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || ip != nil && ip.IsLoopback() // RFC 6761, 6.3
}

type setupStateOut struct {
	Body struct {
		State        string       `json:"state" enum:"fresh,demo,shop"`
		Allowed      bool         `json:"allowed"`
		NeedsToken   bool         `json:"needs_token"`
		DemoPeople   []DemoPerson `json:"demo_people" nullable:"false"`
		DemoPassword string       `json:"demo_password" doc:"Of all of them; empty outside the demo shop"`
		Version      string       `json:"version"`
	}
}

func (s *Server) setupState(ctx context.Context, _ *struct{}) (*setupStateOut, error) {
	now, err := s.Setup.State(ctx)
	if err != nil {
		return nil, err
	}
	out := &setupStateOut{}
	out.Body.State, out.Body.Version = now.State, now.Version
	out.Body.Allowed = s.maySetUp(callerOf(ctx))
	out.Body.NeedsToken = !out.Body.Allowed
	out.Body.DemoPassword = now.DemoPassword
	out.Body.DemoPeople = append([]DemoPerson{}, now.DemoPeople...)
	return out, nil
}

type setupTokenIn struct {
	Body struct {
		Token string `json:"token" maxLength:"200"`
	}
}

func (s *Server) setupToken(ctx context.Context, in *setupTokenIn) (*signedOutOut, error) {
	token := strings.TrimSpace(in.Body.Token)
	if token == "" || !s.Setup.TokenOK(token) {
		return nil, fault.New(fault.Forbidden, "forbidden", "The token is wrong. It is printed each time the program starts.")
	}
	return &signedOutOut{SetCookie: http.Cookie{
		Name: setupCookie, Value: token, Path: base + "/setup", MaxAge: int((24 * time.Hour).Seconds()),
		HttpOnly: true, Secure: callerOf(ctx).secure, SameSite: http.SameSiteLaxMode,
	}}, nil
}

type begunOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      struct {
		SignedIn bool `json:"signed_in"`
	}
}

func begun(c *caller, token string) *begunOut {
	out := &begunOut{SetCookie: cookieOf(c, token)}
	out.Body.SignedIn = true
	return out
}

func (s *Server) setupDemo(ctx context.Context, _ *struct{}) (*begunOut, error) {
	c := callerOf(ctx)
	token, err := s.Setup.MakeDemo(ctx, deviceLabel(c.agent))
	if err != nil {
		return nil, err
	}
	return begun(c, token), nil
}

// leaveDemo asks for what set-up asks for: a demo shop that is shown to others
// must not be taken from them by a guest.
func (s *Server) leaveDemo(ctx context.Context, _ *struct{}) (*signedOutOut, error) {
	c := callerOf(ctx)
	if err := s.admitAt(ctx, c, SetupDemo, "This is no demo shop."); err != nil {
		return nil, err
	}
	if err := s.Setup.LeaveDemo(ctx); err != nil {
		return nil, err
	}
	return &signedOutOut{SetCookie: cookieOf(c, "")}, nil
}

// PresetShown is a mail provider whose servers are known.
type PresetShown struct {
	ID      string     `json:"id"`
	Name    string     `json:"name"`
	IMAP    MailServer `json:"imap"`
	SMTP    MailServer `json:"smtp"`
	HintFR  string     `json:"hint_fr"`
	HintEN  string     `json:"hint_en"`
	Domains []string   `json:"domains" nullable:"false"`
}

type presetsOut struct {
	Body []PresetShown `nullable:"false"`
}

func (s *Server) presets(context.Context, *struct{}) (*presetsOut, error) {
	out := &presetsOut{Body: []PresetShown{}}
	for _, p := range shop.Presets() {
		out.Body = append(out.Body, PresetShown{
			ID: p.ID, Name: p.Name, IMAP: MailServer(p.IMAP), SMTP: MailServer(p.SMTP), HintFR: p.HintFR, HintEN: p.HintEN,
			Domains: append([]string{}, p.Domains...),
		})
	}
	return out, nil
}

// testNewMailbox tries a mailbox before there is a shop.
func (s *Server) testNewMailbox(ctx context.Context, in *addMailboxIn) (*checksOut, error) {
	input, err := in.Body.input(shop.Mailbox{}, time.UTC, s.Clock.Now())
	if err != nil {
		return nil, err
	}
	return s.tested(ctx, input, 0), nil
}
