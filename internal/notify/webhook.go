package notify

import (
	"context"
	"errors"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/jobs"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// WebhookJob tells the owners that a webhook was disabled.
var WebhookJob = jobs.Kind{Name: "notify.webhook", Pool: jobs.PoolReact}

// WebhookArgs are the arguments of WebhookJob.
type WebhookArgs struct {
	Shop    id.Shop    `json:"shop"`
	Webhook id.Webhook `json:"webhook"`
	Cause   string     `json:"cause"`            // unreachable, gone
	Person  id.Person  `json:"person,omitempty"` // one owner; none: each has a job of their own
}

// Webhook is the handler of WebhookJob.
func (s *Service) Webhook(ctx context.Context, j jobs.Job) error {
	var a WebhookArgs
	if err := j.Decode(&a); err != nil {
		return err
	}
	if a.Person == 0 {
		return s.tellEachOwner(ctx, j, a)
	}
	var p team.Person
	err := s.DB.Read(ctx, func(tx *store.Tx) (err error) {
		if ok, err := s.canMail(tx, a.Shop); err != nil || !ok {
			return quiet(err)
		}
		p, err = s.Team.Get(tx, a.Person)
		return err
	})
	if errors.Is(err, errQuiet) {
		return nil
	}
	if err != nil {
		return err
	}
	subject, text := webhookText(p, a, s.URL+"/settings/api")
	return s.Reply.SendSystem(ctx, mailTo(a.Shop, p, subject, text), j.Finish)
}

func (s *Service) tellEachOwner(ctx context.Context, j jobs.Job, a WebhookArgs) error {
	return s.DB.InTx(ctx, func(tx *store.Tx) error {
		owners, err := s.Team.Owners(tx, a.Shop)
		if err != nil {
			return err
		}
		for _, one := range owners {
			a.Person = one
			if err := s.Queue.Put(tx, jobs.Add{Kind: WebhookJob, Args: a}); err != nil {
				return err
			}
		}
		return j.Finish(tx)
	})
}

func webhookText(p team.Person, a WebhookArgs, link string) (subject, text string) {
	n := a.Webhook.String()
	if p.Language == "en" {
		why := "Its address took nothing for 24 hours."
		if a.Cause == "gone" {
			why = "Its address answered that it no longer exists (410)."
		}
		return "Webhook no. " + n + " is stopped", "Hello " + p.FirstName() + ",\n\n" + why +
			" We have stopped sending to it. Nothing is lost: once resumed, it goes on where it stopped.\n\n" + link
	}
	why := "Son adresse n’a rien accepté depuis 24 heures."
	if a.Cause == "gone" {
		why = "Son adresse a répondu qu’elle n’existe plus (410)."
	}
	return "Le webhook n° " + n + " est arrêté", "Bonjour " + p.FirstName() + ",\n\n" + why +
		" Nous avons arrêté les envois. Rien n’est perdu : une fois relancé, il reprend là où il s’était arrêté.\n\n" + link
}
