package notify

import (
	"context"
	"fmt"
	"net/url"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// AccessJob mails a link to set a password.
var AccessJob = jobs.Kind{Name: "notify.access", Pool: jobs.PoolReact}

const sealedToken = "access-token"

type accessArgs struct {
	Person id.Person `json:"person"`
	Shop   id.Shop   `json:"shop"`
	Token  string    `json:"token"` // sealed: job rows are read by operators
	Invite bool      `json:"invite"`
}

// SendReset queues the mail with a link to set a new password.
func (s *Service) SendReset(tx *store.Tx, p team.Person, shop id.Shop, token string) error {
	return s.queueAccess(tx, accessArgs{Person: p.ID, Shop: shop, Token: token})
}

// SendInvite queues the mail with a link to set the first password.
func (s *Service) SendInvite(tx *store.Tx, p team.Person, shop id.Shop, token string) error {
	return s.queueAccess(tx, accessArgs{Person: p.ID, Shop: shop, Token: token, Invite: true})
}

func (s *Service) queueAccess(tx *store.Tx, a accessArgs) (err error) {
	if a.Token, err = s.Box.Seal(a.Token, sealedToken); err != nil {
		return err
	}
	return s.Queue.Put(tx, jobs.Add{Kind: AccessJob, Args: a})
}

// Access is the handler of AccessJob.
func (s *Service) Access(ctx context.Context, j jobs.Job) error {
	var a accessArgs
	if err := j.Decode(&a); err != nil {
		return err
	}
	token, err := s.Box.Unseal(a.Token, sealedToken)
	if err != nil {
		return fmt.Errorf("access mail: %w", err)
	}
	var p team.Person
	err = s.DB.Read(ctx, func(tx *store.Tx) error {
		p, err = s.Team.Get(tx, a.Person)
		return err
	})
	if err != nil {
		return err
	}
	link := s.URL + "/reset?token=" + url.QueryEscape(token)
	subject, text := accessText(p, link, a.Invite)
	return s.Reply.SendSystem(ctx, mailTo(a.Shop, p, subject, text), j.Finish)
}

func accessText(p team.Person, link string, invite bool) (subject, text string) {
	first := p.FirstName()
	switch {
	case invite && p.Language == "en":
		return "Your access to Comptoir", "Hello " + first + ",\n\nYou can now answer customers with us. Choose your password here, within seven days:\n\n" + link
	case invite:
		return "Votre accès à Comptoir", "Bonjour " + first + ",\n\nVous pouvez désormais répondre aux clients avec nous. Choisissez votre mot de passe ici, dans les sept jours :\n\n" + link
	case p.Language == "en":
		return "A new password for Comptoir", "Hello " + first + ",\n\nChoose a new password here, within the hour:\n\n" + link + "\n\nIf you did not ask for it, nothing needs to be done: your password stays as it is."
	default:
		return "Un nouveau mot de passe pour Comptoir", "Bonjour " + first + ",\n\nChoisissez un nouveau mot de passe ici, dans l’heure :\n\n" + link + "\n\nSi vous n’avez rien demandé, il n’y a rien à faire : votre mot de passe reste le même."
	}
}
