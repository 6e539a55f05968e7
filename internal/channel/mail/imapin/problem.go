package imapin

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// Code is a stable word for what is wrong with a mailbox.
type Code string

// The codes. The zero Code means that all is well.
const (
	CodeName        Code = "name"           // the server's name does not exist
	CodeUnreachable Code = "unreachable"    // nobody answers there
	CodeTimeout     Code = "timeout"        // it stopped answering
	CodeCertificate Code = "certificate"    // its certificate is not valid for the name
	CodeNoTLS       Code = "no_tls"         // it speaks no TLS in the way asked for
	CodePlain       Code = "plain"          // unprotected connections are not allowed
	CodeAuth        Code = "auth_refused"   // name or password refused
	CodeToken       Code = "token"          // no access token could be had
	CodeFolder      Code = "folder_missing" // a folder that was named does not exist
	CodeServer      Code = "server"         // it answers something else than it should
	CodeStore       Code = "store"          // ours: the database or the disk
	CodeSilent      Code = "silent"         // no successful look for too long
	CodeMissing     Code = "missing"        // mail in the box that could not be fetched
)

// Problem is a code with its fact: a host, a folder, a count.
type Problem struct {
	Code Code
	Fact string
}

// String is the form that is stored; ParseProblem reads it.
func (p Problem) String() string {
	if p.Fact == "" {
		return string(p.Code)
	}
	return string(p.Code) + " " + p.Fact
}

// ParseProblem reads what String wrote.
func ParseProblem(s string) Problem {
	code, fact, _ := strings.Cut(s, " ")
	return Problem{Code(code), fact}
}

type words struct{ fr, en string }

// What is wrong and what to do, for the owner of a shop.
var wordsOf = map[Code]words{
	CodeName:        {"Le serveur « %s » n'existe pas. Vérifiez son nom.", "There is no server called “%s”. Check its name."},
	CodeUnreachable: {"Personne ne répond à l'adresse « %s ». Vérifiez le nom et le port, ou réessayez plus tard.", "Nobody answers at “%s”. Check name and port, or try again later."},
	CodeTimeout:     {"Le serveur « %s » ne répond plus. Nous réessayons.", "The server “%s” stopped answering. We keep trying."},
	CodeCertificate: {"Le certificat du serveur « %s » n'est pas valable. Vérifiez le nom du serveur ; sinon, prévenez votre hébergeur.", "The certificate of “%s” is not valid. Check the server's name, or tell your mail provider."},
	CodeNoTLS:       {"Le serveur « %s » ne propose pas cette protection. Essayez SSL/TLS sur le port 993.", "The server “%s” does not offer this protection. Try SSL/TLS on port 993."},
	CodePlain:       {"Une connexion sans protection vers « %s » enverrait le mot de passe en clair. Choisissez SSL/TLS.", "An unprotected connection to “%s” would send the password in the clear. Choose SSL/TLS."},
	CodeAuth:        {"« %s » refuse l'identifiant ou le mot de passe. Gmail, Orange et d'autres demandent un mot de passe d'application, et l'accès IMAP doit être activé.", "“%s” refuses the user name or password. Gmail and others want an app password, and IMAP access must be switched on."},
	CodeToken:       {"L'autorisation d'accès à « %s » a expiré. Reconnectez la boîte.", "The permission to read “%s” has expired. Connect the mailbox again."},
	CodeFolder:      {"Le dossier « %s » n'existe pas. Choisissez-en un autre.", "The folder “%s” does not exist. Choose another."},
	CodeServer:      {"Le serveur a répondu de façon inattendue (%s). Nous réessayons.", "The server answered something unexpected (%s). We keep trying."},
	CodeStore:       {"Nous n'arrivons pas à enregistrer le courrier : vérifiez l'espace disque (%s).", "We cannot store mail: check the disk space (%s)."},
	CodeSilent:      {"Le courrier n'arrive plus depuis %s.", "No mail could be looked for since %s."},
	CodeMissing:     {"%s message(s) de la boîte n'ont pas pu être récupérés.", "%s message(s) in the mailbox could not be fetched."},
}

// FR says it in French; "" when nothing is wrong.
func (p Problem) FR() string { return p.say(wordsOf[p.Code].fr) }

// EN says it in English; "" when nothing is wrong.
func (p Problem) EN() string { return p.say(wordsOf[p.Code].en) }

func (p Problem) say(format string) string {
	if format == "" {
		return string(p.Code)
	}
	return fmt.Sprintf(format, p.Fact)
}

// trouble is an error that knows its Problem.
type trouble struct {
	problem Problem
	cause   error
}

func (t *trouble) Error() string { return fmt.Sprintf("%s: %v", t.problem, t.cause) }
func (t *trouble) Unwrap() error { return t.cause }

func troubled(code Code, fact string, cause error) error {
	return &trouble{Problem{code, fact}, cause}
}

// problemOf tells what an error means to a person. host is named where the
// error doesn't name anything better.
func problemOf(err error, host string) Problem {
	var t *trouble
	var dns *net.DNSError
	var netErr net.Error
	var answer *imap.Error
	switch {
	case errors.As(err, &t):
		return t.problem
	case isCertificate(err):
		return Problem{CodeCertificate, host}
	case errors.As(err, &dns):
		return Problem{CodeName, host}
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded), errors.As(err, &netErr) && netErr.Timeout():
		return Problem{CodeTimeout, host}
	case errors.As(err, &answer):
		return Problem{CodeServer, string(answer.Type)}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed):
		return Problem{CodeTimeout, host}
	default:
		return Problem{CodeUnreachable, host}
	}
}

func isCertificate(err error) bool {
	var verify *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	return errors.As(err, &verify) || errors.As(err, &unknown) || errors.As(err, &name) || errors.As(err, &invalid)
}
