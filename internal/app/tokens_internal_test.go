package app

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

// A mailbox at a provider that wants OAuth: the stored grant brings a fresh
// token when there is none, and no second request while it holds.
func TestAGrantBringsFreshTokens(t *testing.T) {
	t.Parallel()
	asked := 0
	provider := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if r.FormValue("grant_type") != "refresh_token" || r.FormValue("refresh_token") != "long-lived" {
			http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"access_token":"short-lived-%d","token_type":"Bearer","expires_in":3600}`, asked)
	}))
	t.Cleanup(provider.Close)
	var tk tokens
	secret := fmt.Sprintf(`{"token_url":%q,"client_id":"comptoir","refresh_token":"long-lived"}`, provider.URL)
	for range 3 {
		got, err := tk.access(secret)
		if err != nil || got != "short-lived-1" {
			t.Fatalf("token %q, %v", got, err)
		}
	}
	if _, err := tk.access(fmt.Sprintf(`{"token_url":%q,"refresh_token":"revoked"}`, provider.URL)); err == nil {
		t.Error("a revoked grant brought a token")
	}
	if _, err := tk.access(`{"client_id":"x"}`); err == nil {
		t.Error("a grant without an address brought a token")
	}
	if got, err := tk.access("plain"); err != nil || got != "plain" {
		t.Errorf("a plain token: %q, %v", got, err)
	}
}
