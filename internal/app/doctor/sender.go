package doctor

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// Sender is one address that the desk writes from.
type Sender struct {
	Address string
	Server  string // host that its mail is handed to, "" for none
	DKIM    *DKIM  // nil when the desk doesn't sign
}

// DKIM is the desk's own key for the address.
type DKIM struct {
	Domain, Selector string
	Key              string // private key, PEM
}

// DNS checks the records by which other mail servers judge the sender's mail.
func (s Sender) DNS(ctx context.Context, r Resolver) []Finding {
	domain := strings.ToLower(s.Address[strings.LastIndexByte(s.Address, '@')+1:])
	list := []Finding{s.mx(ctx, r, domain)}
	if list[0].State == Fail {
		return list
	}
	list = append(list, s.spf(ctx, r, domain))
	if s.DKIM != nil {
		list = append(list, s.dkim(ctx, r))
	}
	return append(list, s.dmarc(ctx, r, domain))
}

func (s Sender) found(check string, state State, says, do Text) Finding {
	return Finding{check, s.Address, state, says, do}
}

func (s Sender) silent(check string, err error) Finding {
	return s.found(check, Warn, say("Le DNS ne répond pas : %v.", "The DNS does not answer: %v.", err),
		say("Vérifiez la connexion de la machine, puis recommencez.", "Check the machine's connection, then try again."))
}

// mx: without one nobody can answer (RFC 5321, 5.1; RFC 7505 for ".").
func (s Sender) mx(ctx context.Context, r Resolver, domain string) Finding {
	list, err := r.LookupMX(ctx, domain)
	if err != nil && !absent(err) {
		return s.silent("MX", err)
	}
	if len(list) == 1 && (list[0].Host == "." || list[0].Host == "") {
		return s.found("MX", Fail, say("%s déclare ne recevoir aucun courrier.", "%s declares that it takes no mail.", domain),
			say("Remplacez l'enregistrement MX « . » par celui de votre messagerie.", "Replace the MX record “.” by that of your mail provider."))
	}
	if len(list) > 0 {
		return s.found("MX", OK, say("Le courrier arrive chez %s.", "Mail goes to %s.", strings.TrimSuffix(list[0].Host, ".")), Text{})
	}
	if addresses, err := r.LookupNetIP(ctx, "ip", domain); err == nil && len(addresses) > 0 {
		return s.found("MX", Warn, say("%s n'a pas d'enregistrement MX.", "%s has no MX record.", domain),
			say("Ajoutez celui de votre messagerie : sans lui, des réponses se perdent.", "Add that of your mail provider: without it answers get lost."))
	}
	return s.found("MX", Fail, say("Le domaine %s ne peut pas recevoir de courrier.", "The domain %s cannot receive mail.", domain),
		say("Vérifiez l'adresse de la boîte, ou ajoutez l'enregistrement MX de votre messagerie.", "Check the mailbox's address, or add your mail provider's MX record."))
}

func (s Sender) spf(ctx context.Context, r Resolver, domain string) Finding {
	list, err := records(ctx, r, domain, "v=spf1")
	switch {
	case err != nil:
		return s.silent("SPF", err)
	case len(list) == 0:
		return s.found("SPF", Warn, say("%s ne dit pas qui peut envoyer en son nom.", "%s does not say who may send in its name.", domain),
			say("Ajoutez l'enregistrement SPF que votre messagerie indique, sinon vos réponses finissent en indésirables.", "Add the SPF record that your mail provider names, else your answers end up as junk."))
	case len(list) > 1: // RFC 7208, 4.5: the result is an error
		return s.found("SPF", Fail, say("%s a %d enregistrements SPF : aucun ne compte.", "%s has %d SPF records: none counts.", domain, len(list)),
			say("N'en gardez qu'un seul, qui réunit leurs « include ».", "Keep one only, which joins their “include”s."))
	}
	policy := spf{resolver: r, ips: s.addresses(ctx, r)}
	policy.read(ctx, domain, list[0], true)
	return s.judge(&policy)
}

// addresses of the server that mail is handed to; often those it sends from.
func (s Sender) addresses(ctx context.Context, r Resolver) []netip.Addr {
	if s.Server == "" {
		return nil
	}
	if ip, err := netip.ParseAddr(s.Server); err == nil {
		return []netip.Addr{ip}
	}
	list, _ := r.LookupNetIP(ctx, "ip", s.Server) // the mailbox's own test says when it cannot be found
	return list
}

func (s Sender) judge(p *spf) Finding {
	ask := say("Demandez à votre messagerie l'enregistrement SPF exact, et mettez-le chez votre registrar.", "Ask your mail provider for the exact SPF record, and put it at your registrar.")
	switch {
	case p.failed != nil:
		return s.silent("SPF", p.failed)
	case p.broken != "":
		return s.found("SPF", Fail, say("Il inclut %s, qui n'a pas de SPF valable : tout échoue.", "It includes %s, which has no valid SPF: everything fails.", p.broken), ask)
	case p.lookups > mostLookups:
		return s.found("SPF", Fail, say("Il demande %d recherches DNS, dix au plus comptent.", "It takes %d DNS lookups, ten at most count.", p.lookups),
			say("Retirez les « include » des services que vous n'utilisez plus.", "Remove the “include”s of services that you no longer use."))
	case p.all == "+":
		return s.found("SPF", Warn, say("Il autorise tout le monde (+all).", "It allows everybody (+all)."),
			say("Remplacez « +all » par « ~all ».", "Replace “+all” by “~all”."))
	case s.Server != "" && !p.covers && !slices.ContainsFunc(p.names, func(name string) bool { return house(name) == house(s.Server) }):
		return s.found("SPF", Warn, say("Rien n'y autorise %s, par où part votre courrier.", "Nothing in it allows %s, through which your mail leaves.", s.Server), ask)
	}
	return s.found("SPF", OK, say("Il autorise votre serveur d'envoi.", "It allows your sending server."), Text{})
}

// houses are providers whose servers and policies go by several names.
var houses = map[string]string{
	"gmail": "google", "googlemail": "google", "office365": "outlook", "hotmail": "outlook", "live": "outlook",
	"kundenserver": "ionos", "1and1": "ionos", "zohomail": "zoho", "amazonaws": "amazonses",
}

// house is the name under which a provider is known: "ovh" of ssl0.ovh.net and of
// mx.ovh.com. Its sending machines are others than the one that takes the mail,
// so that a name in common is the best sign there is from outside.
func house(host string) string {
	name, err := publicsuffix.EffectiveTLDPlusOne(strings.TrimSuffix(host, "."))
	if err != nil {
		return host
	}
	name, _, _ = strings.Cut(name, ".")
	if known, ok := houses[name]; ok {
		return known
	}
	return name
}

// dmarc looks at the domain, then at the one it belongs to (RFC 7489, 6.6.3).
func (s Sender) dmarc(ctx context.Context, r Resolver, domain string) Finding {
	names := []string{domain}
	if parent, err := publicsuffix.EffectiveTLDPlusOne(domain); err == nil && parent != domain {
		names = append(names, parent)
	}
	for _, name := range names {
		list, err := records(ctx, r, "_dmarc."+name, "v=dmarc1")
		switch {
		case err != nil:
			return s.silent("DMARC", err)
		case len(list) > 1:
			return s.found("DMARC", Warn, say("%s a %d enregistrements DMARC : aucun ne compte.", "%s has %d DMARC records: none counts.", name, len(list)),
				say("N'en gardez qu'un seul.", "Keep one only."))
		case len(list) == 1:
			return s.found("DMARC", OK, say("Présent (%s).", "There (%s).", name), Text{})
		}
	}
	return s.found("DMARC", Warn, say("%s n'en a pas.", "%s has none.", domain),
		say("Ajoutez un TXT _dmarc.%[1]s : « v=DMARC1; p=none; rua=mailto:postmaster@%[1]s ». Gmail et Yahoo le demandent aux expéditeurs réguliers.",
			"Add a TXT _dmarc.%[1]s: “v=DMARC1; p=none; rua=mailto:postmaster@%[1]s”. Gmail and Yahoo ask regular senders for it.", domain))
}

// dkim compares the published key with the desk's own (RFC 6376, 3.6).
func (s Sender) dkim(ctx context.Context, r Resolver) Finding {
	name := s.DKIM.Selector + "._domainkey." + s.DKIM.Domain
	public, err := publicKey(s.DKIM.Key)
	if err != nil {
		return s.found("DKIM", Fail, say("La clé enregistrée est illisible.", "The stored key cannot be read."),
			say("Collez-la de nouveau dans les réglages de la boîte.", "Paste it again in the mailbox's settings."))
	}
	kind := "rsa"
	if _, ok := public.(ed25519.PublicKey); ok {
		kind = "ed25519"
	}
	publish := say("Publiez ce TXT pour %s : v=DKIM1; k=%s; p=%s", "Publish this TXT for %s: v=DKIM1; k=%s; p=%s", name, kind, published(public))
	all, err := r.LookupTXT(ctx, name)
	if err != nil && !absent(err) {
		return s.silent("DKIM", err)
	}
	for _, text := range all {
		p, ok := tag(text, "p")
		switch {
		case !ok:
			continue
		case p == "":
			return s.found("DKIM", Fail, say("La clé publiée pour %s est révoquée.", "The key published for %s is revoked.", name), publish)
		case !sameKey(p, public):
			return s.found("DKIM", Fail, say("La clé publiée pour %s n'est pas celle de cette boîte : les signatures sont fausses.", "The key published for %s is not this mailbox's: signatures are wrong.", name), publish)
		}
		return s.found("DKIM", OK, say("La clé publiée pour %s est la bonne.", "The key published for %s is the right one.", name), Text{})
	}
	return s.found("DKIM", Fail, say("Aucune clé n'est publiée pour %s : les signatures ne valent rien.", "No key is published for %s: signatures are worth nothing.", name), publish)
}

func publicKey(text string) (crypto.PublicKey, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("no PEM")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		if key, err = x509.ParsePKCS1PrivateKey(block.Bytes); err != nil {
			return nil, err
		}
	}
	switch k := key.(type) {
	case *rsa.PrivateKey:
		return &k.PublicKey, nil
	case ed25519.PrivateKey:
		return k.Public(), nil
	}
	return nil, errors.New("no RSA or Ed25519 key")
}

// published is the p= of a key: RSA as SubjectPublicKeyInfo (RFC 6376, 3.6.1),
// Ed25519 as its 32 bytes (RFC 8463, 4.2).
func published(public crypto.PublicKey) string {
	if k, ok := public.(ed25519.PublicKey); ok {
		return base64.StdEncoding.EncodeToString(k)
	}
	der, _ := x509.MarshalPKIXPublicKey(public) // never fails for the keys that publicKey gives
	return base64.StdEncoding.EncodeToString(der)
}

// sameKey also knows an RSA key that was published bare, as PKCS #1.
func sameKey(p string, public crypto.PublicKey) bool {
	p = strings.Join(strings.Fields(p), "")
	if p == published(public) {
		return true
	}
	k, ok := public.(*rsa.PublicKey)
	return ok && p == base64.StdEncoding.EncodeToString(x509.MarshalPKCS1PublicKey(k))
}

// tag reads one value of a tag list (RFC 6376, 3.2).
func tag(text, name string) (string, bool) {
	for part := range strings.SplitSeq(text, ";") {
		if k, v, ok := strings.Cut(part, "="); ok && strings.TrimSpace(k) == name {
			return strings.TrimSpace(v), true
		}
	}
	return "", false
}

var _ Resolver = (*net.Resolver)(nil)
