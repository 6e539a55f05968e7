package rig

import (
	"io"
	"net"
	"sync"
	"time"
)

// Relay passes connections on to a server and tells when the first came: the
// measured program's own dial, without a counter inside it. The kernel moves
// the bytes (splice).
type Relay struct {
	Port  int
	first chan time.Time
}

// NewRelay relays to an address until the stage ends.
func NewRelay(s *Stage, to string) (*Relay, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s.Cleanup(func() { _ = l.Close() })
	address, _ := l.Addr().(*net.TCPAddr)
	r := &Relay{Port: address.Port, first: make(chan time.Time, 1)}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			select {
			case r.first <- time.Now():
			default:
			}
			go pass(c, to)
		}
	}()
	return r, nil
}

// First waits for the first connection and tells when it came.
func (r *Relay) First(s *Stage) (time.Time, error) {
	select {
	case at := <-r.first:
		return at, nil
	case <-s.ctx.Done():
		return time.Time{}, errInterrupted
	case <-time.After(30 * time.Second):
		return time.Time{}, errNoDial
	}
}

func pass(client net.Conn, to string) {
	defer client.Close() //nolint:errcheck // a relay has nobody to tell
	server, err := net.Dial("tcp", to)
	if err != nil {
		return
	}
	defer server.Close() //nolint:errcheck // as above
	var both sync.WaitGroup
	both.Go(func() { _, _ = io.Copy(server, client); _ = server.Close() })
	both.Go(func() { _, _ = io.Copy(client, server); _ = client.Close() })
	both.Wait()
}
