package smtpout

import (
	"context"
	"errors"
	"net"
)

// Check is one step of the connection test with its sentence.
type Check struct {
	Step   string // "dns", "connect", "tls", "auth", "mail-from"
	OK     bool
	FR, EN string
}

// Test tries the server as Send would, up to the sender's address, and sends
// nothing. It stops at the first step that fails, which says what to do. Its
// steps come in the order dns, connect, tls, auth, mail-from; the last is left
// out when from is empty.
func Test(ctx context.Context, s Server, from string) []Check {
	return test(ctx, (&net.Dialer{}).DialContext, s, from)
}

func test(ctx context.Context, dial dialer, s Server, from string) []Check {
	steps := passed(s, from)
	c, fail := open(ctx, dial, s)
	if fail == nil {
		defer c.quit()
		fail = c.trySender(ctx, from)
	}
	if fail == nil {
		return steps
	}
	if errors.Is(fail.cause, errSecurity) { // nothing was tried at all
		steps = steps[2:]
	}
	failedAt := fail.at
	if failedAt == atGreeting {
		failedAt = atConnect
	}
	for i := range steps {
		if steps[i].Step == string(failedAt) {
			sentence := testSentence(s, fail)
			steps[i] = Check{Step: string(failedAt), FR: sentence.FR, EN: sentence.EN}
			return steps[:i+1]
		}
	}
	return steps
}

func (c *session) trySender(ctx context.Context, from string) *failure {
	if from == "" {
		return nil
	}
	address, _, err := wireAddress(from)
	if err != nil {
		return &failure{at: atMail, cause: errWireAddress}
	}
	_, fail := c.command(ctx, atMail, 2, "MAIL FROM:<"+address+">")
	return fail
}

// testSentence says something in every case, where advise may be silent.
func testSentence(s Server, f *failure) Sentence {
	if f.cause == errWireAddress { //nolint:errorlint // made two lines above, never wrapped
		return say("L'adresse d'expéditeur n'est pas une adresse mail valable.", "The sender address is no valid mail address.")
	}
	sentence := advise(s, f)
	if sentence == (Sentence{}) {
		return say("La connexion avec %[1]s s'est coupée. Réessayez dans un instant.", "The connection with %[1]s broke. Try again in a moment.", s.Host)
	}
	return sentence
}

// passed are the steps as they read when all is well.
func passed(s Server, from string) []Check {
	step := func(name stage, sentence Sentence) Check {
		return Check{Step: string(name), OK: true, FR: sentence.FR, EN: sentence.EN}
	}
	encrypted := say("La connexion est chiffrée.", "The connection is encrypted.")
	if s.Security == None {
		encrypted = say("La connexion n'est pas chiffrée, ce qui va pour un relais voisin.", "The connection is not encrypted, which is fine for a relay next door.")
	}
	signedIn := say("Le mot de passe est accepté pour %[1]s.", "The password is accepted for %[1]s.", s.Username)
	switch s.Auth {
	case "":
		signedIn = say("Aucune identification n'est demandée.", "No sign-in is asked for.")
	case XOAuth2:
		signedIn = say("L'autorisation OAuth est acceptée pour %[1]s.", "The OAuth authorisation is accepted for %[1]s.", s.Username)
	}
	steps := []Check{
		step(atDNS, say("Le serveur %[1]s est trouvé.", "The server %[1]s is found.", s.Host)),
		step(atConnect, say("Il répond sur le port %[1]d.", "It answers on port %[1]d.", s.Port)),
		step(atTLS, encrypted),
		step(atAuth, signedIn),
	}
	if from != "" {
		steps = append(steps, step(atMail, say("Il accepte l'expéditeur %[1]s.", "It accepts the sender %[1]s.", from)))
	}
	return steps
}
