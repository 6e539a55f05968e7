package imapin

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"
)

// Check is one step of a connection test, in plain words.
type Check struct {
	Step string // "dns", "connect", "tls", "login", "folders"
	OK   bool
	FR   string
	EN   string
}

// testTimeout bounds the whole test: a person waits for it.
const testTimeout = 30 * time.Second

// Test tries the settings of a mailbox step by step and says what is wrong and
// what to do. It stops at the first step that fails, and changes nothing.
func (s *Service) Test(ctx context.Context, m Mailbox) []Check {
	ctx, cancel := context.WithTimeout(ctx, testTimeout)
	defer cancel()
	var done []Check
	pass := func(step, fr, en string) { done = append(done, Check{step, true, fr, en}) }
	fail := func(step string, err error) []Check {
		p := problemOf(err, m.Server.Host)
		return append(done, Check{step, false, p.FR(), p.EN()})
	}
	host := m.Server.Host
	if net.ParseIP(host) == nil {
		if _, err := net.DefaultResolver.LookupHost(ctx, host); err != nil {
			return fail("dns", err)
		}
		pass("dns", "Le serveur « "+host+" » existe.", "The server “"+host+"” exists.")
	}
	b, err := s.connect(ctx, m.Server)
	if err != nil {
		switch problemOf(err, host).Code {
		case CodeCertificate, CodeNoTLS, CodePlain:
			pass("connect", "Il répond.", "It answers.")
			return fail("tls", err)
		default:
			return fail("connect", err)
		}
	}
	defer b.close()
	pass("connect", "Il répond.", "It answers.")
	if m.Server.Security == None {
		pass("tls", "La connexion n'est pas chiffrée : à réserver à un serveur sur la même machine.", "The connection is not encrypted: only for a server on the same machine.")
	} else {
		pass("tls", "La connexion est chiffrée et le certificat valable.", "The connection is encrypted and the certificate valid.")
	}
	if err := s.signIn(ctx, b, m); err != nil {
		return fail("login", err)
	}
	pass("login", "L'identifiant et le mot de passe sont acceptés.", "User name and password are accepted.")
	found, missing, err := s.findFolders(ctx, b, m)
	if err == nil && missing != "" {
		err = troubled(CodeFolder, missing, errors.New("no such folder"))
	}
	if err == nil {
		_, err = b.examine(found[0].name)
	}
	if err != nil {
		return fail("folders", err)
	}
	names := make([]string, len(found))
	for i, f := range found {
		names[i] = f.name
	}
	list := strings.Join(names, ", ")
	pass("folders", fmt.Sprintf("Dossiers lus : %s.", list), fmt.Sprintf("Folders that are read: %s.", list))
	return done
}
