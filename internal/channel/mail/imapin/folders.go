package imapin

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"

	"github.com/comptoir-desk/comptoir/internal/intake"
)

// folder is a folder that is read.
type folder struct {
	name string
	role intake.Role
}

// Usual names where a server tells no special use (RFC 6154), compared without
// case with the last part of a folder's name. Order is preference.
var usualNames = map[intake.Role][]string{
	intake.RoleJunk: {
		"junk", "spam", "indésirables", "courrier indésirable", "pourriel", "pourriels", "junk e-mail", "junk email", "junk mail",
		"bulk mail", "quarantaine", "spamverdacht", "unerwünscht", "correo no deseado", "posta indesiderata", "ongewenste e-mail", "lixo eletrônico",
	},
	intake.RoleSent: {
		"sent", "envoyés", "éléments envoyés", "messages envoyés", "courrier envoyé", "objets envoyés", "sent items", "sent messages", "sent mail",
		"gesendet", "gesendete elemente", "gesendete objekte", "enviados", "elementos enviados", "posta inviata", "inviati",
		"verzonden", "verzonden items", "itens enviados",
	},
}

var specialUse = map[intake.Role]imap.MailboxAttr{
	intake.RoleJunk: imap.MailboxAttrJunk,
	intake.RoleSent: imap.MailboxAttrSent,
}

// maxFolders bounds what a server may list.
const maxFolders = 20000

// findFolders chooses the folders to read. A folder that the settings name but
// the server lacks is told in missing, and the others are read.
func (s *Service) findFolders(ctx context.Context, b *box, m Mailbox) (found []folder, missing string, err error) {
	list, err := s.listFolders(ctx, b, m)
	if err != nil {
		return nil, "", err
	}
	inbox := m.Inbox
	if inbox == "" {
		inbox = "INBOX"
	}
	if m.Inbox != "" && !has(list, m.Inbox) {
		return nil, "", troubled(CodeFolder, m.Inbox, errors.New("no such folder"))
	}
	found = []folder{{inbox, intake.RoleInbox}}
	for _, want := range []struct {
		role intake.Role
		name string
	}{{intake.RoleJunk, m.Junk}, {intake.RoleSent, m.Sent}} {
		name := want.name
		switch {
		case name == "":
			name = choose(list, want.role)
		case !has(list, name):
			name, missing = "", name
		}
		if name != "" && !slices.ContainsFunc(found, func(f folder) bool { return f.name == name }) {
			found = append(found, folder{name, want.role})
		}
	}
	return found, missing, nil
}

// listFolders lists all folders. A server whose list go-imap cannot read (a
// name in raw 8-bit) breaks the connection; from the next one on only the
// names that matter are asked for.
func (s *Service) listFolders(ctx context.Context, b *box, m Mailbox) ([]*imap.ListData, error) {
	mem := s.memoryOf(m.ID)
	mem.mu.Lock()
	careful := mem.noList
	mem.mu.Unlock()
	if careful {
		return listKnown(b, m)
	}
	var options *imap.ListOptions
	if caps := b.c.Caps(); caps.Has(imap.CapListExtended) && caps.Has(imap.CapSpecialUse) {
		options = &imap.ListOptions{ReturnSpecialUse: true}
	}
	cmd := b.c.List("", "*", options)
	var list []*imap.ListData
	for d := cmd.Next(); d != nil; d = cmd.Next() {
		if len(list) < maxFolders {
			list = append(list, d)
		}
	}
	err := cmd.Close()
	if err == nil {
		return list, nil
	}
	var answer *imap.Error
	if !errors.As(err, &answer) && ctx.Err() == nil {
		mem.mu.Lock()
		mem.noList = true
		mem.mu.Unlock()
	}
	return nil, fmt.Errorf("list folders: %w", err)
}

func listKnown(b *box, m Mailbox) ([]*imap.ListData, error) {
	names := []string{"INBOX", m.Inbox, m.Junk, m.Sent, "Junk", "Spam", "Sent", "Sent Items", "Sent Messages", "INBOX.Junk", "INBOX.Spam", "INBOX.Sent"}
	var list []*imap.ListData
	for _, name := range names {
		if name == "" || strings.ContainsAny(name, "*%") {
			continue
		}
		found, err := b.c.List("", name, nil).Collect()
		if err != nil {
			return nil, fmt.Errorf("list folder: %w", err)
		}
		list = append(list, found...)
	}
	return list, nil
}

func selectable(d *imap.ListData) bool {
	return !slices.Contains(d.Attrs, imap.MailboxAttrNoSelect) && !slices.Contains(d.Attrs, imap.MailboxAttrNonExistent)
}

func has(list []*imap.ListData, name string) bool {
	return slices.ContainsFunc(list, func(d *imap.ListData) bool {
		return selectable(d) && (d.Mailbox == name || strings.EqualFold(name, "INBOX") && strings.EqualFold(d.Mailbox, "INBOX"))
	})
}

// choose finds a folder by its special use, else by the most usual name, the
// shallowest of that name.
func choose(list []*imap.ListData, role intake.Role) string {
	for _, d := range list {
		if selectable(d) && slices.Contains(d.Attrs, specialUse[role]) {
			return d.Mailbox
		}
	}
	best, bestRank := "", len(usualNames[role])
	for _, d := range list {
		rank := slices.Index(usualNames[role], strings.ToLower(lastPart(d)))
		if rank < 0 || !selectable(d) {
			continue
		}
		if rank < bestRank || rank == bestRank && len(d.Mailbox) < len(best) {
			best, bestRank = d.Mailbox, rank
		}
	}
	return best
}

func lastPart(d *imap.ListData) string {
	if d.Delim == 0 {
		return d.Mailbox
	}
	return d.Mailbox[strings.LastIndex(d.Mailbox, string(d.Delim))+1:]
}
