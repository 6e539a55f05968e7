package app

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/oauth2"

	"github.com/comptoir-desk/comptoir/internal/channel/mail/imapin"
)

// tokens gives access tokens to mailboxes that sign in by XOAUTH2. Their
// secret is either a plain access token, which ends when it expires, or JSON
// from which fresh ones are asked for:
//
//	{"token_url":"https://…","client_id":"…","client_secret":"…","refresh_token":"…","scope":"…"}
type tokens struct {
	mu      sync.Mutex
	sources map[string]oauth2.TokenSource // by secret
}

// grant is how to ask a provider for tokens (RFC 6749, 6).
type grant struct {
	TokenURL     string `json:"token_url"`
	ClientID     string `json:"client_id"`
	ClientSecret string `json:"client_secret"`
	RefreshToken string `json:"refresh_token"`
	Scope        string `json:"scope"`
}

// Token gives an access token for reading a mailbox.
func (t *tokens) Token(_ context.Context, m imapin.Mailbox) (string, error) {
	return t.access(m.Server.Secret)
}

func (t *tokens) access(secret string) (string, error) {
	if !strings.HasPrefix(strings.TrimSpace(secret), "{") {
		return secret, nil
	}
	source, err := t.source(secret)
	if err != nil {
		return "", err
	}
	token, err := source.Token()
	if err != nil {
		return "", fmt.Errorf("ask for an access token: %w", err)
	}
	return token.AccessToken, nil
}

func (t *tokens) source(secret string) (oauth2.TokenSource, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if s, ok := t.sources[secret]; ok {
		return s, nil
	}
	var g grant
	if err := json.Unmarshal([]byte(secret), &g); err != nil || g.TokenURL == "" || g.RefreshToken == "" {
		return nil, fmt.Errorf("the XOAUTH2 secret needs token_url, client_id and refresh_token")
	}
	config := oauth2.Config{
		ClientID: g.ClientID, ClientSecret: g.ClientSecret, Endpoint: oauth2.Endpoint{TokenURL: g.TokenURL},
		Scopes: strings.Fields(g.Scope),
	}
	// Kept for the life of the program: it asks again only when one expires.
	s := config.TokenSource(context.Background(), &oauth2.Token{RefreshToken: g.RefreshToken})
	if t.sources == nil {
		t.sources = map[string]oauth2.TokenSource{}
	}
	t.sources[secret] = s
	return s, nil
}
