package smtpout

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
)

// say builds a sentence in both languages.
func say(fr, en string, args ...any) Sentence {
	return Sentence{FR: fmt.Sprintf(narrowSpaces.Replace(fr), args...), EN: fmt.Sprintf(en, args...)}
}

// narrowSpaces are what French puts before these signs.
var narrowSpaces = strings.NewReplacer(" :", "\u202f:", " ;", "\u202f;", " ?", "\u202f?", "« ", "«\u202f", " »", "\u202f»")

// advise says what is wrong with the way to the server and what to do. The
// zero Sentence means: nothing that a person could mend, such as a line that
// broke in the middle.
func advise(s Server, f *failure) Sentence {
	said := oneLine(f.reply.text())
	switch {
	case f.reply.code == 421 && f.at != atAuth:
		return say("Le serveur %[1]s ferme ou est trop occupé (421). Rien à faire : l'envoi reprend tout seul.",
			"The server %[1]s is closing or too busy (421). Nothing to do: sending resumes by itself.", s.Host)
	case f.at == atDNS:
		return say("Le serveur %[1]s est introuvable. Vérifiez son nom, et que cette machine a accès à Internet.",
			"The server %[1]s cannot be found. Check its name, and that this machine reaches the internet.", s.Host)
	case f.at == atConnect:
		return say("Le serveur %[1]s ne répond pas sur le port %[2]d. Essayez le port 465 (TLS) ou 587 (STARTTLS) ; certains hébergeurs bloquent l'envoi de mails.",
			"The server %[1]s does not answer on port %[2]d. Try port 465 (TLS) or 587 (STARTTLS); some hosts block outgoing mail.", s.Host, s.Port)
	case f.at == atTLS:
		return adviseTLS(s, f)
	case f.at == atAuth:
		return adviseAuth(s, f)
	case f.at == atGreeting && f.reply.code == 0:
		return say("Le serveur %[1]s accepte la connexion sur le port %[2]d mais ne dit rien de lisible. Sur le port 465, choisissez TLS ; sur le port 587, STARTTLS.",
			"The server %[1]s takes the connection on port %[2]d but says nothing we can read. On port 465 choose TLS, on port 587 STARTTLS.", s.Host, s.Port)
	case f.at == atGreeting:
		return say("Le serveur %[1]s refuse notre connexion : « %[2]s ». Demandez à votre hébergeur si l'adresse IP de cette machine est bloquée.",
			"The server %[1]s refuses our connection: \"%[2]s\". Ask your host whether this machine's IP address is blocked.", s.Host, said)
	case f.reply.code != 0:
		return adviseSending(s, f, said)
	}
	return Sentence{}
}

// adviseSending is for refusals from MAIL on that are about us.
func adviseSending(s Server, f *failure, said string) Sentence {
	lower := strings.ToLower(said)
	switch {
	case f.reply.code == 530 || f.reply.code == 535 || strings.Contains(lower, "authenticat"):
		return say("Le serveur %[1]s veut que l'on s'identifie avant d'envoyer : « %[2]s ». Indiquez le nom d'utilisateur et le mot de passe de la boîte.",
			"The server %[1]s wants us to sign in before sending: \"%[2]s\". Enter the mailbox's user name and password.", s.Host, said)
	case strings.Contains(lower, "limit") || strings.HasPrefix(said, "5.4.5"):
		return say("La limite d'envoi de votre compte chez %[1]s est atteinte : « %[2]s ». L'envoi reprend quand elle est levée, souvent sous 24 h.",
			"Your account's sending limit at %[1]s is reached: \"%[2]s\". Sending resumes when it is lifted, often within 24 hours.", s.Host, said)
	case strings.Contains(lower, "relay"):
		return say("Le serveur %[1]s refuse de transmettre vos mails à l'extérieur : « %[2]s ». Vérifiez l'identification et que c'est bien le serveur d'envoi de votre boîte.",
			"The server %[1]s refuses to pass your mail on: \"%[2]s\". Check the sign-in and that this is your mailbox's outgoing server.", s.Host, said)
	}
	return say("Le serveur %[1]s refuse votre adresse d'expéditeur : « %[2]s ». Prenez l'adresse de la boîte elle-même, ou autorisez cet alias chez votre hébergeur.",
		"The server %[1]s refuses your sender address: \"%[2]s\". Use the mailbox's own address, or allow this alias at your host.", s.Host, said)
}

func badSender(from string) Sentence {
	return say("L'adresse d'expéditeur « %[1]s » n'est pas une adresse mail valable. Corrigez-la dans les réglages de la boutique.",
		"The sender address \"%[1]s\" is no valid mail address. Correct it in the shop's settings.", oneLine(from))
}

func adviseTLS(s Server, f *failure) Sentence {
	var (
		unknown  x509.UnknownAuthorityError
		hostname x509.HostnameError
		invalid  x509.CertificateInvalidError
		record   tls.RecordHeaderError
	)
	switch {
	case errors.Is(f.cause, errNoStartTLS):
		return say("Le serveur %[1]s ne propose pas STARTTLS sur le port %[2]d. Choisissez TLS avec le port 465.",
			"The server %[1]s offers no STARTTLS on port %[2]d. Choose TLS with port 465.", s.Host, s.Port)
	case errors.Is(f.cause, errPlain):
		return say("Sans chiffrement, le mot de passe et les mails passeraient en clair jusqu'à %[1]s. Choisissez TLS ou STARTTLS.",
			"Without encryption the password and the mails would cross the network in the clear to %[1]s. Choose TLS or STARTTLS.", s.Host)
	case errors.Is(f.cause, errSecurity):
		return say("La sécurité « %[1]s » n'existe pas. Choisissez TLS ou STARTTLS.", "There is no security \"%[1]s\". Choose TLS or STARTTLS.", s.Security)
	case errors.As(f.cause, &record):
		return say("Sur le port %[2]d, %[1]s ne parle pas TLS dès la connexion. Choisissez STARTTLS, ou le port 465.",
			"On port %[2]d, %[1]s does not speak TLS from the start. Choose STARTTLS, or port 465.", s.Host, s.Port)
	case errors.As(f.cause, &hostname):
		return say("Le certificat présenté n'est pas celui de %[1]s. Écrivez le nom du serveur tel que votre hébergeur le donne.",
			"The certificate shown is not that of %[1]s. Write the server's name as your host gives it.", s.Host)
	case errors.As(f.cause, &invalid) && invalid.Reason == x509.Expired:
		return say("Le certificat de %[1]s a expiré (ou l'horloge de cette machine est fausse). Prévenez votre hébergeur.",
			"The certificate of %[1]s has expired (or this machine's clock is wrong). Tell your host.", s.Host)
	case errors.As(f.cause, &unknown):
		return say("Le certificat de %[1]s n'est signé par aucune autorité connue. Vérifiez le nom du serveur, ou ajoutez son autorité aux réglages.",
			"The certificate of %[1]s is signed by no known authority. Check the server's name, or add its authority to the settings.", s.Host)
	}
	return say("La connexion chiffrée avec %[1]s échoue sur le port %[2]d. Essayez TLS avec le port 465 ou STARTTLS avec le port 587.",
		"The encrypted connection with %[1]s fails on port %[2]d. Try TLS with port 465 or STARTTLS with port 587.", s.Host, s.Port)
}

// providers are the hints of the presets, by the end of the server's name.
var providers = []struct{ host, fr, en string }{
	{
		"gmail.com", "Gmail demande un « mot de passe d'application » : activez la validation en deux étapes, puis créez-en un dans votre compte Google.",
		"Gmail wants an \"app password\": turn on 2-Step Verification, then create one in your Google account.",
	},
	{
		"google.com", "Google demande un « mot de passe d'application » : activez la validation en deux étapes, puis créez-en un dans votre compte Google.",
		"Google wants an \"app password\": turn on 2-Step Verification, then create one in your Google account.",
	},
	{
		"office365.com", "Microsoft 365 ferme l'envoi par mot de passe : connectez la boîte par OAuth, ou faites activer « SMTP authentifié » pour elle.",
		"Microsoft 365 closes sending by password: connect the mailbox by OAuth, or have \"Authenticated SMTP\" enabled for it.",
	},
	{
		"outlook.com", "Outlook.com n'accepte plus les mots de passe : connectez la boîte par OAuth.",
		"Outlook.com takes no passwords any more: connect the mailbox by OAuth.",
	},
	{
		"ovh.net", "Chez OVH, le nom d'utilisateur est l'adresse mail entière et le mot de passe celui de la boîte, pas celui de l'espace client.",
		"At OVH the user name is the whole mail address and the password the mailbox's, not the customer account's.",
	},
	{
		"ionos.fr", "Chez IONOS, le nom d'utilisateur est l'adresse mail entière et le mot de passe celui de la boîte.",
		"At IONOS the user name is the whole mail address and the password the mailbox's.",
	},
	{
		"orange.fr", "Chez Orange, utilisez l'adresse entière et le mot de passe de la messagerie ; l'accès par un logiciel de messagerie doit être autorisé dans votre compte.",
		"At Orange use the whole address and the mail password; access by mail programs must be allowed in your account.",
	},
	{
		"gandi.net", "Chez Gandi, le nom d'utilisateur est l'adresse mail entière et le mot de passe celui de la boîte.",
		"At Gandi the user name is the whole mail address and the password the mailbox's.",
	},
}

func adviseAuth(s Server, f *failure) Sentence {
	switch {
	case errors.Is(f.cause, errToken):
		return say("L'autorisation OAuth n'a pas pu être renouvelée. Reconnectez la boîte dans les réglages.",
			"The OAuth authorisation could not be renewed. Connect the mailbox again in the settings.")
	case errors.Is(f.cause, errMechanism):
		return say("Le serveur %[1]s ne propose pas l'identification « %[2]s ». Essayez-en une autre (plain, login), et vérifiez que TLS ou STARTTLS est choisi.",
			"The server %[1]s does not offer the sign-in \"%[2]s\". Try another (plain, login), and check that TLS or STARTTLS is chosen.", s.Host, s.Auth)
	case f.reply.code == 0 || f.reply.code < 500:
		return say("Le serveur %[1]s n'a pas pu vérifier le mot de passe pour l'instant. L'envoi reprend tout seul.",
			"The server %[1]s could not check the password for now. Sending resumes by itself.", s.Host)
	}
	sentence := say("Le mot de passe est refusé par %[1]s pour %[2]s.", "The password is refused by %[1]s for %[2]s.", s.Host, s.Username)
	if s.Auth == XOAuth2 {
		return say("L'autorisation OAuth est refusée par %[1]s pour %[2]s. Reconnectez la boîte dans les réglages.",
			"The OAuth authorisation is refused by %[1]s for %[2]s. Connect the mailbox again in the settings.", s.Host, s.Username)
	}
	for _, p := range providers {
		if s.Host == p.host || strings.HasSuffix(s.Host, "."+p.host) {
			return Sentence{FR: sentence.FR + "\n" + narrowSpaces.Replace(p.fr), EN: sentence.EN + "\n" + p.en}
		}
	}
	hint := say("Vérifiez le nom d'utilisateur (souvent l'adresse entière) et le mot de passe de la boîte.",
		"Check the user name (often the whole address) and the mailbox's password.")
	return Sentence{FR: sentence.FR + "\n" + hint.FR, EN: sentence.EN + "\n" + hint.EN}
}
