package mailserver

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// Stored is a message as a mailbox holds it.
type Stored struct {
	UID          uint32
	Flags        []string // sorted; never \Recent
	InternalDate time.Time
	Raw          []byte
}

// Append puts a message into a folder, which is made if needed, and returns its
// UID. A zero at lets the server take its own time.
func (m *Mailboxes) Append(t testing.TB, user, folder string, raw []byte, flags []string, at time.Time) uint32 {
	t.Helper()
	var uid uint32
	m.as(t, user, func(c *imapclient.Client) error {
		data, err := appendOne(c, folder, raw, flags, at)
		var refused *imap.Error
		if errors.As(err, &refused) && refused.Code == imap.ResponseCodeTryCreate {
			if err := c.Create(folder, nil).Wait(); err != nil {
				return fmt.Errorf("create %s: %w", folder, err)
			}
			data, err = appendOne(c, folder, raw, flags, at)
		}
		if err != nil {
			return fmt.Errorf("append to %s: %w", folder, err)
		}
		uid = uint32(data.UID)
		return nil
	})
	return uid
}

func appendOne(c *imapclient.Client, folder string, raw []byte, flags []string, at time.Time) (*imap.AppendData, error) {
	options := &imap.AppendOptions{Time: at}
	for _, flag := range flags {
		options.Flags = append(options.Flags, imap.Flag(flag))
	}
	cmd := c.Append(folder, int64(len(raw)), options)
	if _, err := cmd.Write(raw); err != nil {
		return nil, err //nolint:wrapcheck // Append says what it was doing
	}
	if err := cmd.Close(); err != nil {
		return nil, err //nolint:wrapcheck // Append says what it was doing
	}
	return cmd.Wait() //nolint:wrapcheck // Append looks at the response code
}

// List reads a folder, lowest UID first, and changes nothing in it (EXAMINE,
// BODY.PEEK). A folder that does not exist is empty.
func (m *Mailboxes) List(t testing.TB, user, folder string) []Stored {
	t.Helper()
	var list []Stored
	m.as(t, user, func(c *imapclient.Client) error {
		selected, err := c.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait()
		var refused *imap.Error
		if errors.As(err, &refused) && refused.Code == imap.ResponseCodeNonExistent {
			return nil
		}
		if err != nil {
			return fmt.Errorf("examine %s: %w", folder, err)
		}
		if selected.NumMessages == 0 {
			return nil
		}
		whole := &imap.FetchItemBodySection{Peek: true}
		all := imap.SeqSet{}
		all.AddRange(1, 0)
		messages, err := c.Fetch(all, &imap.FetchOptions{
			UID: true, Flags: true, InternalDate: true, BodySection: []*imap.FetchItemBodySection{whole},
		}).Collect()
		if err != nil {
			return fmt.Errorf("fetch %s: %w", folder, err)
		}
		for _, msg := range messages {
			list = append(list, Stored{
				UID: uint32(msg.UID), Flags: shown(msg.Flags), InternalDate: msg.InternalDate, Raw: msg.FindBodySection(whole),
			})
		}
		return nil
	})
	slices.SortFunc(list, func(a, b Stored) int { return cmp.Compare(a.UID, b.UID) })
	return list
}

// shown leaves out \Recent, which depends on who looked first (RFC 3501, 2.3.2).
func shown(flags []imap.Flag) []string {
	var list []string
	for _, flag := range flags {
		if flag != `\Recent` {
			list = append(list, string(flag))
		}
	}
	slices.Sort(list)
	return list
}

// Expunge removes messages for good, as another mail program would.
func (m *Mailboxes) Expunge(t testing.TB, user, folder string, uids ...uint32) {
	t.Helper()
	m.change(t, user, folder, func(c *imapclient.Client) error {
		deleted := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}
		if err := c.Store(setOf(uids), deleted, nil).Close(); err != nil {
			return fmt.Errorf("delete in %s: %w", folder, err)
		}
		if err := c.UIDExpunge(setOf(uids)).Close(); err != nil {
			return fmt.Errorf("expunge %s: %w", folder, err)
		}
		return nil
	})
}

// Flag adds flags to a message: read it, answer it, mark it.
func (m *Mailboxes) Flag(t testing.TB, user, folder string, uid uint32, flags ...string) {
	t.Helper()
	m.change(t, user, folder, func(c *imapclient.Client) error {
		add := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true}
		for _, flag := range flags {
			add.Flags = append(add.Flags, imap.Flag(flag))
		}
		if err := c.Store(setOf([]uint32{uid}), add, nil).Close(); err != nil {
			return fmt.Errorf("flag in %s: %w", folder, err)
		}
		return nil
	})
}

// Renumber gives a folder a new UIDVALIDITY, as a restored or moved mailbox
// has (RFC 3501, 2.3.1.1): the messages stay, their UIDs mean nothing any more.
// It does not work on INBOX, which cannot be renamed away.
func (m *Mailboxes) Renumber(t testing.TB, user, folder string) {
	t.Helper()
	before := m.List(t, user, folder)
	m.as(t, user, func(c *imapclient.Client) error {
		if err := c.Delete(folder).Wait(); err != nil {
			return fmt.Errorf("delete %s: %w", folder, err)
		}
		return nil
	})
	for _, msg := range before {
		m.Append(t, user, folder, msg.Raw, msg.Flags, msg.InternalDate)
	}
}

func setOf(uids []uint32) imap.UIDSet {
	var set imap.UIDSet
	for _, uid := range uids {
		set.AddNum(imap.UID(uid))
	}
	return set
}

// change runs act on a folder opened for writing.
func (m *Mailboxes) change(t testing.TB, user, folder string, act func(*imapclient.Client) error) {
	t.Helper()
	m.as(t, user, func(c *imapclient.Client) error {
		if _, err := c.Select(folder, nil).Wait(); err != nil {
			return fmt.Errorf("select %s: %w", folder, err)
		}
		return act(c)
	})
}

// as runs act on a connection of its own, signed in as user.
func (m *Mailboxes) as(t testing.TB, user string, act func(*imapclient.Client) error) {
	t.Helper()
	c, err := imapclient.DialInsecure(m.IMAPAddr, nil)
	if err != nil {
		t.Fatalf("dial Dovecot: %v\n%s", err, m.Log())
	}
	defer func() { _ = c.Close() }()
	if err := c.Login(user, m.Password).Wait(); err != nil {
		t.Fatalf("sign in as %s: %v\n%s", user, err, m.Log())
	}
	if err := act(c); err != nil {
		t.Fatalf("%s: %v\n%s", user, err, m.Log())
	}
	_ = c.Logout().Wait()
}
