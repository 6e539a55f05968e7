package api

import (
	"context"
	"net/http"
	"time"

	"github.com/comptoir-desk/comptoir/internal/team"
)

// sessionDays is how long a browser keeps the cookie. The server's own limit
// rolls on with use and is the one that counts.
const sessionDays = 30

type signInIn struct {
	Body struct {
		Email    string `json:"email" maxLength:"320"`
		Password string `json:"password" maxLength:"1000"`
		Code     string `json:"code,omitempty" maxLength:"40" doc:"The second step, or a recovery code"`
	}
}

type signedInOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      Me
}

// signIn starts a session. Whatever was wrong, the answer is the same.
func (s *Server) signIn(ctx context.Context, in *signInIn) (*signedInOut, error) {
	c := callerOf(ctx)
	got, err := s.Team.SignIn(ctx, team.SignIn{
		Email: in.Body.Email, Password: in.Body.Password, Code: in.Body.Code, Remote: c.remote, Label: deviceLabel(c.agent),
	})
	if err != nil {
		return nil, err
	}
	shown, err := s.readMe(ctx, team.Actor{Person: got.Person, Shop: got.Shop})
	if err != nil {
		return nil, err
	}
	return &signedInOut{SetCookie: cookieOf(c, got.Token), Body: shown}, nil
}

type signedOutOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

func (s *Server) signOut(ctx context.Context, _ *struct{}) (*signedOutOut, error) {
	c := callerOf(ctx)
	if err := s.Team.SignOut(ctx, c.token); err != nil {
		return nil, err
	}
	return &signedOutOut{SetCookie: cookieOf(c, "")}, nil
}

// cookieOf carries a session's token; without one it takes the cookie away.
// Lax, not Strict: a link in a mail must lead a signed-in person in.
func cookieOf(c *caller, token string) http.Cookie {
	out := http.Cookie{
		Name: sessionCookie, Value: token, Path: "/", MaxAge: sessionDays * int((24 * time.Hour).Seconds()),
		HttpOnly: true, Secure: c.secure, SameSite: http.SameSiteLaxMode,
	}
	if token == "" {
		out.MaxAge = -1
	}
	return out
}

type askResetIn struct {
	Body struct {
		Email string `json:"email" maxLength:"320"`
	}
}

// askReset answers the same whether or not somebody has the address.
func (s *Server) askReset(ctx context.Context, in *askResetIn) (*struct{}, error) {
	return nil, s.Team.RequestReset(ctx, in.Body.Email, callerOf(ctx).remote)
}

type confirmResetIn struct {
	Body struct {
		Token    string `json:"token" maxLength:"200" doc:"From the link of a reset or of an invitation"`
		Password string `json:"password" maxLength:"1000"`
	}
}

func (s *Server) confirmReset(ctx context.Context, in *confirmResetIn) (*struct{}, error) {
	return nil, s.Team.ConfirmReset(ctx, in.Body.Token, in.Body.Password)
}
