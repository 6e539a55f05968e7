package smtpout_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/comptoir-desk/comptoir/internal/channel/mail/smtpout"
)

// The connection test of the settings page: how far it gets and what it says.
func TestConnectionTest(t *testing.T) {
	t.Parallel()
	config, roots := certificate(t)
	tests := []struct {
		name   string
		script func(string, string) string
		change func(s *smtpout.Server)
		from   string
		want   []string // steps that pass, the failing one with a !
		says   string
	}{
		{"all is well", nil, nil, "bonjour@maison-lila.example", []string{"dns", "connect", "tls", "auth", "mail-from"}, "Il accepte l'expéditeur"},
		{"no sender yet", nil, nil, "", []string{"dns", "connect", "tls", "auth"}, "Le mot de passe est accepté"},
		{"refused at the door", at("connect", "554 5.7.1 blocked"), nil, "", []string{"dns", "!connect"}, "l'adresse IP"},
		{"wrong password", at("AUTH", "535 5.7.8 wrong"), nil, "", []string{"dns", "connect", "tls", "!auth"}, "souvent l'adresse entière"},
		{"sender of somebody else", at("MAIL", "553 5.7.1 not yours"), nil, "x@maison-lila.example", []string{"dns", "connect", "tls", "auth", "!mail-from"}, "refuse votre adresse"},
		{"sender that is no address", nil, nil, "Maison Lila", []string{"dns", "connect", "tls", "auth", "!mail-from"}, "pas une adresse mail valable"},
		{"line breaks", at("MAIL", drop), nil, "x@maison-lila.example", []string{"dns", "connect", "tls", "auth", "!mail-from"}, "Réessayez dans un instant"},
		{"unknown certificate", nil, func(s *smtpout.Server) { s.RootCAs = nil }, "", []string{"dns", "connect", "!tls"}, "autorité"},
		{"no such security", nil, func(s *smtpout.Server) { s.Security = "" }, "", []string{"!tls"}, "Choisissez TLS ou STARTTLS"},
		{"no such server", nil, func(s *smtpout.Server) { s.Host = "smtp.maison-lila.invalid" }, "", []string{"!dns"}, "est introuvable"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := startPeer(t, tt.script, encrypted(config, true))
			s := p.server()
			s.Security, s.RootCAs = smtpout.TLS, roots
			s.Auth, s.Username, s.Password = smtpout.Plain, "lila", "secret"
			if tt.change != nil {
				tt.change(&s)
			}
			var got []string
			var last smtpout.Check
			for _, last = range smtpout.Test(t.Context(), s, tt.from) {
				mark := ""
				if !last.OK {
					mark = "!"
				}
				got = append(got, mark+last.Step)
				if last.FR == "" || last.EN == "" || last.FR == last.EN || strings.Contains(last.FR+last.EN, "%!") {
					t.Errorf("step %s says %q / %q", last.Step, last.FR, last.EN)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || !strings.Contains(last.FR, tt.says) {
				t.Errorf("(-want +got):\n%slast: %+v", diff, last)
			}
			if len(p.mails()) != 0 || p.count("RCPT") != 0 {
				t.Error("a test sent something")
			}
		})
	}
}

// The presets' advice is the one that helps there.
func TestAdviceOfTheProvider(t *testing.T) {
	t.Parallel()
	tests := []struct{ host, fr, en string }{
		{"smtp.gmail.com", "«\u202fmot de passe d'application\u202f»", "app password"},
		{"smtp.office365.com", "OAuth", "OAuth"},
		{"ssl0.ovh.net", "pas celui de l'espace client", "not the customer account's"},
		{"smtp.orange.fr", "Orange", "Orange"},
		{"mail.notgmail.com", "souvent l'adresse entière", "often the whole address"},
	}
	for _, tt := range tests {
		t.Run(tt.host, func(t *testing.T) {
			t.Parallel()
			p := startPeer(t, at("AUTH", "535 5.7.8 wrong"))
			s := p.server()
			pool := newPool(t, smtpout.Config{Dial: to(p.address)})
			s.Host, s.Auth, s.Username, s.Password = tt.host, smtpout.Plain, "lila", "secret"
			got := send(t, pool, s)
			if !strings.Contains(got.ConfigProblem.FR, tt.fr) || !strings.Contains(got.ConfigProblem.EN, tt.en) {
				t.Errorf("%+v", got.ConfigProblem)
			}
		})
	}
}
