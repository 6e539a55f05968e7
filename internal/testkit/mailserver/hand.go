package mailserver

import (
	"net"
	"net/smtp"
	"time"
)

// Hand gives a mail to the server at addr, in plain, as a customer's provider or
// a relay would; nil once the server said that it took it. (smtp.SendMail would
// use the STARTTLS that is offered here, and doesn't know its certificate.)
func Hand(addr, from, to string, raw []byte) error {
	conn, err := net.DialTimeout("tcp", addr, time.Second)
	if err != nil {
		return err
	}
	defer conn.Close()                                                         //nolint:errcheck // the answer to the dot is what counts
	if err := conn.SetDeadline(time.Now().Add(10 * time.Second)); err != nil { //nolint:forbidigo // a deadline of the network
		return err
	}
	c, err := smtp.NewClient(conn, addr)
	if err != nil {
		return err
	}
	if err := c.Mail(from); err != nil {
		return err
	}
	if err := c.Rcpt(to); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write(raw); err != nil {
		return err
	}
	return w.Close()
}
