package harness

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"testing"
	"time"
)

// Client is a person's browser. Its session survives the desk's death, as a
// real one does.
type Client struct {
	program *Program
	http    *http.Client
	digests map[int64]digest // of mails that were read
}

// NewClient makes one that is not signed in.
func NewClient(p *Program) *Client {
	jar, _ := cookiejar.New(nil) // without options it never fails
	return &Client{program: p, digests: map[int64]digest{}, http: &http.Client{
		Jar: jar, Timeout: 20 * time.Second,
		// A kept connection to a process that died would fail the next call.
		Transport: &http.Transport{DisableKeepAlives: true},
	}}
}

// Call asks once. err tells that no answer came, which says nothing of what
// the desk did.
func (c *Client) Call(ctx context.Context, method, path string, body, into any) (status int, err error) {
	raw, status, err := c.raw(ctx, method, path, body)
	if err != nil || into == nil || status >= 300 {
		return status, err
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return status, fmt.Errorf("%s %s: %w in %s", method, path, err, raw)
	}
	return status, nil
}

func (c *Client) raw(ctx context.Context, method, path string, body any) (answer []byte, status int, err error) {
	var sent io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			return nil, 0, err
		}
		sent = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(ctx, method, "http://"+c.program.Web+"/api/v1"+path, sent)
	if err != nil {
		return nil, 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := c.http.Do(req)
	if err != nil {
		return nil, 0, err
	}
	defer res.Body.Close() //nolint:errcheck // it was only read
	answer, err = io.ReadAll(res.Body)
	return answer, res.StatusCode, err
}

// Do asks a desk that is meant to live, and waits where it says "too many".
func (c *Client) Do(tb testing.TB, method, path string, body, into any) {
	tb.Helper()
	raw := c.Fetch(tb, method, path, body)
	if into == nil {
		return
	}
	if err := json.Unmarshal(raw, into); err != nil {
		tb.Fatalf("%s %s: %v in %s", method, path, err, raw)
	}
}

// Fetch is Do with the answer as it came.
func (c *Client) Fetch(tb testing.TB, method, path string, body any) []byte {
	tb.Helper()
	for {
		raw, status, err := c.raw(context.Background(), method, path, body)
		switch {
		case err != nil:
			tb.Fatalf("%s %s: %v\n%s", method, path, err, c.program.Log())
		case status == http.StatusTooManyRequests:
			time.Sleep(time.Second)
			continue
		case status >= 300:
			tb.Fatalf("%s %s: %d %s\n%s", method, path, status, raw, c.program.Log())
		}
		return raw
	}
}

// digest reads a message's mail as it came, once: its bytes never change.
func (c *Client) digest(tb testing.TB, message int64) digest {
	tb.Helper()
	d, known := c.digests[message]
	if !known {
		d = digestOf(c.Fetch(tb, "GET", fmt.Sprintf("/messages/%d/raw", message), nil))
		c.digests[message] = d
	}
	return d
}
