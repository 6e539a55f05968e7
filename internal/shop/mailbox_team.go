package shop

import (
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var (
	selectMailboxTeams = store.SQL(`select id, team_id from mailbox where shop_id = $1 and team_id is not null order by id`)
	clearMailboxTeam   = store.SQL(`update mailbox set team_id = null where shop_id = $1 and team_id = $2`)
	setMailboxTeam     = store.SQL(`update mailbox set team_id = $3 where shop_id = $1 and id = $2`)
)

// MailboxTeam says whose the mail of a mailbox is.
type MailboxTeam struct {
	Mailbox id.Mailbox `db:"id"`
	Team    id.Team    `db:"team_id"`
}

// MailboxTeams reads which mailboxes are a team's.
func (s *Service) MailboxTeams(tx *store.Tx, shop id.Shop) ([]MailboxTeam, error) {
	return store.All[MailboxTeam](tx, selectMailboxTeams, shop)
}

// GiveMailboxes makes exactly these mailboxes of a shop a team's; one that was
// another team's changes hands. Conversations that are there stay as they are.
// The change of the team, told by package team, tells of it.
func (s *Service) GiveMailboxes(tx *store.Tx, shop id.Shop, team id.Team, mailboxes []id.Mailbox) error {
	if _, err := store.Exec(tx, clearMailboxTeam, shop, team); err != nil {
		return err
	}
	for _, m := range mailboxes {
		if _, err := store.Exec(tx, setMailboxTeam, shop, m, team); err != nil {
			return err
		}
	}
	return nil
}
