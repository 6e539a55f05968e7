package shop

import (
	"slices"
	"strings"
)

// Preset is a mail provider whose servers are known.
type Preset struct {
	ID, Name string
	IMAP     Server
	SMTP     Server
	// HintFR and HintEN say what to prepare at the provider.
	HintFR, HintEN string
	// Domains are those of the provider's own addresses. Most shops have their
	// own domain, which tells nothing.
	Domains []string
}

// Presets are the providers that are known, in the order in which they are
// offered. Hosts and ports are those of the providers' own help pages.
func Presets() []Preset { return slices.Clone(presets) }

// PresetFor finds the provider of an address by its domain.
func PresetFor(address string) (Preset, bool) {
	domain := strings.ToLower(address[strings.LastIndexByte(address, '@')+1:])
	for _, p := range presets {
		if slices.Contains(p.Domains, domain) {
			return p, true
		}
	}
	return Preset{}, false
}

func imaps(host string) Server      { return Server{host, 993, TLS} } // RFC 8314, 3.2
func submission(host string) Server { return Server{host, 587, STARTTLS} }
func smtps(host string) Server      { return Server{host, 465, TLS} } // RFC 8314, 3.3

var presets = []Preset{
	{
		ID: "gmail", Name: "Gmail, Google Workspace", IMAP: imaps("imap.gmail.com"), SMTP: smtps("smtp.gmail.com"),
		HintFR:  "Le mot de passe habituel ne suffit pas : activez la validation en deux étapes de votre compte Google, puis créez un « mot de passe d'application » et collez-le ici.",
		HintEN:  "The usual password won't do: turn on 2-Step Verification in your Google account, then create an “app password” and paste it here.",
		Domains: []string{"gmail.com", "googlemail.com"},
	},
	{
		ID: "microsoft365", Name: "Microsoft 365", IMAP: imaps("outlook.office365.com"), SMTP: submission("smtp.office365.com"),
		HintFR: "Microsoft n'accepte plus les mots de passe : choisissez XOAUTH2 et collez un jeton obtenu par votre administrateur. IMAP et « SMTP authentifié » doivent être activés pour la boîte.",
		HintEN: "Microsoft takes passwords no more: choose XOAUTH2 and paste a token from your administrator. IMAP and “Authenticated SMTP” must be on for the mailbox.",
	},
	{
		ID: "outlook", Name: "Outlook.com, Hotmail", IMAP: imaps("outlook.office365.com"), SMTP: submission("smtp-mail.outlook.com"),
		HintFR:  "Activez l'accès IMAP dans les réglages d'Outlook.com (Courrier, Transfert et IMAP). Microsoft demande XOAUTH2.",
		HintEN:  "Turn on IMAP access in the settings of Outlook.com (Mail, Forwarding and IMAP). Microsoft asks for XOAUTH2.",
		Domains: []string{"outlook.com", "outlook.fr", "hotmail.com", "hotmail.fr", "live.com", "live.fr", "msn.com"},
	},
	{
		ID: "ovh", Name: "OVHcloud", IMAP: imaps("ssl0.ovh.net"), SMTP: smtps("ssl0.ovh.net"),
		HintFR: "Identifiant : l'adresse complète. Pour une offre Exchange ou E-mail Pro, le serveur est indiqué dans votre espace client (ex. ex4.mail.ovh.net, pro1.mail.ovh.net, SMTP 587 STARTTLS).",
		HintEN: "User name: the whole address. With Exchange or Email Pro your customer area names the server (such as ex4.mail.ovh.net or pro1.mail.ovh.net, SMTP 587 STARTTLS).",
	},
	{
		ID: "ionos", Name: "IONOS", IMAP: imaps("imap.ionos.fr"), SMTP: smtps("smtp.ionos.fr"),
		HintFR: "Identifiant : l'adresse complète. Mot de passe : celui de la boîte, non celui de votre compte client.",
		HintEN: "User name: the whole address. Password: that of the mailbox, not that of your customer account.",
	},
	{
		ID: "orange", Name: "Orange, Wanadoo", IMAP: imaps("imap.orange.fr"), SMTP: smtps("smtp.orange.fr"),
		HintFR:  "Identifiant : l'adresse complète. Si la connexion est refusée, autorisez d'abord les logiciels de messagerie dans les réglages de sécurité du Mail Orange.",
		HintEN:  "User name: the whole address. If signing in is refused, first allow mail programs in the security settings of Orange Mail.",
		Domains: []string{"orange.fr", "wanadoo.fr"},
	},
	{
		ID: "gandi", Name: "Gandi", IMAP: imaps("mail.gandi.net"), SMTP: smtps("mail.gandi.net"),
		HintFR: "Identifiant : l'adresse complète. Mot de passe : celui de la boîte.",
		HintEN: "User name: the whole address. Password: that of the mailbox.",
	},
	{
		ID: "infomaniak", Name: "Infomaniak", IMAP: imaps("mail.infomaniak.com"), SMTP: smtps("mail.infomaniak.com"),
		HintFR:  "Identifiant : l'adresse complète. Mot de passe : celui de l'adresse, non celui de votre compte Infomaniak.",
		HintEN:  "User name: the whole address. Password: that of the address, not that of your Infomaniak account.",
		Domains: []string{"ik.me", "ikmail.com", "etik.com"},
	},
	{
		ID: "free", Name: "Free", IMAP: imaps("imap.free.fr"), SMTP: smtps("smtp.free.fr"),
		HintFR:  "Activez le « SMTP authentifié » dans votre espace abonné. Identifiant : ce qui précède @free.fr, ou l'adresse complète.",
		HintEN:  "Turn on “authenticated SMTP” in your subscriber area. User name: what stands before @free.fr, or the whole address.",
		Domains: []string{"free.fr", "aliceadsl.fr"},
	},
	{
		ID: "laposte", Name: "La Poste (laposte.net)", IMAP: imaps("imap.laposte.net"), SMTP: smtps("smtp.laposte.net"),
		HintFR:  "Autorisez l'accès par un logiciel de messagerie dans les réglages de votre boîte laposte.net. Identifiant : l'adresse complète.",
		HintEN:  "Allow access by mail programs in the settings of your laposte.net mailbox. User name: the whole address.",
		Domains: []string{"laposte.net"},
	},
	{
		ID: "icloud", Name: "iCloud", IMAP: imaps("imap.mail.me.com"), SMTP: submission("smtp.mail.me.com"),
		HintFR:  "Créez un « mot de passe pour application » dans votre compte Apple et collez-le ici. Identifiant : l'adresse iCloud complète.",
		HintEN:  "Create an “app-specific password” in your Apple account and paste it here. User name: the whole iCloud address.",
		Domains: []string{"icloud.com", "me.com", "mac.com"},
	},
}
