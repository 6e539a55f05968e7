package rig

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

// Client asks over one connection of its own, one request after another, and
// keeps its answer until the next. It does as little as a client can, since it
// shares the machine with what it measures.
type Client struct {
	base   string
	conn   net.Conn
	reader *bufio.Reader
	answer bytes.Buffer
}

// NewClient is a client of the server at base, such as http://127.0.0.1:8080.
// It connects when it asks first.
func NewClient(base string) *Client { return &Client{base: strings.TrimPrefix(base, "http://")} }

// Get asks for a path with a cookie. The answer is good until the next call.
func (c *Client) Get(path, cookie string) (body []byte, err error) {
	if c.conn == nil {
		if c.conn, err = net.Dial("tcp", c.base); err != nil {
			return nil, err
		}
		c.reader = bufio.NewReaderSize(c.conn, 64<<10)
	}
	if err := c.conn.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintf(c.conn, "GET %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\n\r\n", path, c.base, cookie); err != nil {
		return nil, err
	}
	res, err := http.ReadResponse(c.reader, nil)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	c.answer.Reset()
	if _, err := c.answer.ReadFrom(res.Body); err != nil {
		return nil, err
	}
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s %s", path, res.Status, c.answer.Bytes())
	}
	return c.answer.Bytes(), nil
}

// Close ends the connection.
func (c *Client) Close() {
	if c.conn != nil {
		_ = c.conn.Close()
	}
}
