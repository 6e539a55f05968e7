package rig

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/testkit/daemon"
	"github.com/comptoir-desk/comptoir/internal/testkit/mailserver"
)

// Maildir is a mailbox of the test Dovecot that is filled by writing its files:
// delivering tens of thousands of mails would take longer than reading them.
type Maildir struct {
	cur   string
	owner *daemon.User
	count int
}

// OpenMaildir makes the INBOX of a user who has not signed in yet.
func OpenMaildir(m *mailserver.Mailboxes, user string) (*Maildir, error) {
	home := filepath.Join(filepath.Dir(m.CAFile), "mail", user)
	d := &Maildir{cur: filepath.Join(home, "Maildir", "cur")}
	if os.Geteuid() == 0 {
		var err error
		if d.owner, err = daemon.LookupUser("mail"); err != nil {
			return nil, err
		}
	}
	for _, dir := range []string{home, filepath.Join(home, "Maildir"), d.cur, filepath.Join(home, "Maildir", "new"), filepath.Join(home, "Maildir", "tmp")} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			return nil, err
		}
		if err := d.own(dir); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func (d *Maildir) own(path string) error {
	if d.owner == nil {
		return nil
	}
	return os.Chown(path, int(d.owner.UID), int(d.owner.GID))
}

// Add puts a mail with CRLF into the box; Dovecot takes the file's time for the
// arrival and, as delivered by LMTP, keeps lines with LF.
func (d *Maildir) Add(raw []byte, at time.Time) error {
	d.count++
	stored := bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
	name := fmt.Sprintf("%d.%09d.bench,S=%d,W=%d:2,", at.Unix(), d.count, len(stored), len(raw))
	path := filepath.Join(d.cur, name)
	if err := os.WriteFile(path, stored, 0o600); err != nil {
		return err
	}
	if err := os.Chtimes(path, at, at); err != nil {
		return err
	}
	return d.own(path)
}

// Index has Dovecot read the box once, as it has when mail came by delivery:
// names, arrival times and sizes.
func Index(m *mailserver.Mailboxes, user string) (mails int, err error) {
	c, err := net.Dial("tcp", m.IMAPAddr)
	if err != nil {
		return 0, err
	}
	defer c.Close() //nolint:errcheck // the answer was read
	r := bufio.NewReader(c)
	if _, err := r.ReadString('\n'); err != nil {
		return 0, err
	}
	for i, command := range []string{"login " + user + " " + m.Password, "examine INBOX", "fetch 1:* (internaldate rfc822.size)", "logout"} {
		tag := "a" + strconv.Itoa(i) + " "
		if _, err := fmt.Fprintf(c, "%s%s\r\n", tag, command); err != nil {
			return 0, err
		}
		for {
			line, err := r.ReadString('\n')
			if err != nil {
				return 0, err
			}
			if strings.HasPrefix(line, tag) {
				if !strings.HasPrefix(line, tag+"OK") {
					return 0, fmt.Errorf("index the mailbox: %s", strings.TrimSpace(line))
				}
				break
			}
			if strings.Contains(line, " FETCH ") {
				mails++
			}
		}
	}
	return mails, nil
}
