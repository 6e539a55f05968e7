package demo

import (
	"bytes"
	"fmt"
	"time"
)

// notice is what a mail system reports about a mail of ours (RFC 3464).
type notice struct {
	id, host, to, about, original, status, why string
	date                                       time.Time
}

func bounce(n notice) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "Return-Path: <>\r\nFrom: Mail Delivery System <MAILER-DAEMON@%s>\r\nTo: %s\r\n", n.host, Address)
	fmt.Fprintf(&b, "Subject: Undelivered Mail Returned to Sender\r\nDate: %s\r\nMessage-ID: <%s>\r\n", n.date.Format(time.RFC1123Z), n.id)
	b.WriteString("Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n")
	b.WriteString("Content-Type: multipart/report; report-type=delivery-status; boundary=\"=_notice\"\r\n\r\n")
	fmt.Fprintf(&b, "--=_notice\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nThis is the mail system at host %s.\r\n\r\n", n.host)
	fmt.Fprintf(&b, "Your message could not be delivered to one recipient.\r\n\r\n<%s>: %s\r\n\r\n", n.to, n.why)
	fmt.Fprintf(&b, "--=_notice\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; %s\r\n\r\n", n.host)
	fmt.Fprintf(&b, "Final-Recipient: rfc822; %s\r\nAction: failed\r\nStatus: %s\r\nDiagnostic-Code: smtp; %s\r\n\r\n", n.to, n.status, n.why)
	fmt.Fprintf(&b, "--=_notice\r\nContent-Type: text/rfc822-headers\r\n\r\nFrom: %s\r\nTo: %s\r\nMessage-ID: <%s>\r\n\r\n--=_notice--\r\n",
		Address, n.to, n.original)
	return b.Bytes()
}
