package desk

import (
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// NoticeKind says why something is there for a person to see.
type NoticeKind string

// The kinds of notices.
const (
	NoticeMention NoticeKind = "mention" // a note names them
	NoticeMessage NoticeKind = "message" // the customer wrote in what they follow
	NoticeNote    NoticeKind = "note"    // a colleague noted something in it

	NoticeAskAnswered     NoticeKind = "ask_answered"     // somebody inside answered
	NoticeAskLate         NoticeKind = "ask_late"         // and this one didn't in time
	NoticeAskFailed       NoticeKind = "ask_failed"       // the question never reached them
	NoticeReadingAsked    NoticeKind = "reading_asked"    // a draft waits for their eyes
	NoticeReadingReturned NoticeKind = "reading_returned" // their draft came back with a note
	NoticeReadingSent     NoticeKind = "reading_sent"     // their draft was approved and sent

	NoticeRuleDemoted NoticeKind = "rule_demoted" // a rule of the guard stepped back
	NoticeRuleDoubted NoticeKind = "rule_doubted" // one that never does is often wrong
)

// One unseen notice a person, conversation and kind: what comes later renews it.
var (
	insertNotice = store.SQL(`
		insert into notice (shop_id, person_id, conversation_id, message_id, kind, at)
		select $1, m.person_id, $3, $4, $5, $6 from membership m where m.shop_id = $1 and m.person_id = $2
		on conflict (person_id, conversation_id, kind) where seen = false do update set at = excluded.at, message_id = excluded.message_id`)
	noticeFollowers = store.SQL(`
		insert into notice (shop_id, person_id, conversation_id, message_id, kind, at)
		select $1, f.person_id, f.conversation_id, $3, $4, $5 from follower f where f.conversation_id = $2 and f.person_id <> $6
		on conflict (person_id, conversation_id, kind) where seen = false do update set at = excluded.at, message_id = excluded.message_id`)
	insertMention = store.SQL(`
		insert into mention (message_id, person_id)
		select $1, m.person_id from membership m where m.shop_id = $2 and m.person_id = $3 on conflict do nothing`)
	insertForLeads = store.SQL(`
		insert into notice (shop_id, person_id, conversation_id, kind, about, at)
		select $1, m.person_id, $2, $3, $4, $5 from membership m join person p on p.id = m.person_id
		where m.shop_id = $1 and m.role in ('owner', 'lead') and p.active = true
		on conflict (person_id, conversation_id, kind) where seen = false do update set at = excluded.at, about = excluded.about`)
	seeNotices = store.SQL(`update notice set seen = true where person_id = $1 and conversation_id = $2 and seen = false`)
	seeAll     = store.SQL(`update notice set seen = true where person_id = $1 and shop_id = $2 and seen = false`)
	// Of two unseen ones of a kind that a merge brings together one is enough.
	seeTwins = store.SQL(`
		update notice set seen = true where conversation_id = $1 and seen = false and exists (
			select 1 from notice twin where twin.conversation_id = $2 and twin.person_id = notice.person_id
				and twin.kind = notice.kind and twin.seen = false)`)
	moveNotices = store.SQL(`update notice set conversation_id = $2 where conversation_id = $1`)
)

// Notice puts something there for one person of the shop to see.
func (d *Desk) Notice(tx *store.Tx, c *Conversation, k NoticeKind, m id.Message, to id.Person) error {
	_, err := store.Exec(tx, insertNotice, c.Shop, to, c.ID, m, k, d.Clock.Now())
	return err
}

// NoticeFollowers does so for everybody who follows the conversation, by apart.
func (d *Desk) NoticeFollowers(tx *store.Tx, c *Conversation, k NoticeKind, m id.Message, by id.Person) error {
	return d.tellFollowers(tx, c, k, m, by)
}

func (d *Desk) tellFollowers(tx *store.Tx, c *Conversation, k NoticeKind, m id.Message, by id.Person) error {
	_, err := store.Exec(tx, noticeFollowers, c.Shop, c.ID, m, k, d.Clock.Now(), int64(by))
	return err
}

// NoticeLeads tells whoever leads the shop about a rule of the guard, from the
// conversation that gave rise to it. About names the rule and figures.
func (d *Desk) NoticeLeads(tx *store.Tx, shop id.Shop, c id.Conversation, k NoticeKind, about string) error {
	_, err := store.Exec(tx, insertForLeads, shop, c, k, about, d.Clock.Now())
	return err
}

// mention remembers whom a note names, by id: people of the shop, the author
// apart.
func (d *Desk) mention(tx *store.Tx, c *Conversation, m id.Message, by id.Person, people []id.Person) error {
	for _, p := range people {
		if p == by {
			continue
		}
		if _, err := store.Exec(tx, insertMention, m, c.Shop, p); err != nil {
			return err
		}
		if _, err := store.Exec(tx, insertNotice, c.Shop, p, c.ID, m, NoticeMention, d.Clock.Now()); err != nil {
			return err
		}
	}
	return nil
}

// SeeNotices marks the actor's notices as seen: those of a conversation, or
// with 0 all of the shop's.
func (d *Desk) SeeNotices(tx *store.Tx, by Actor, c id.Conversation) error {
	var n int64
	var err error
	if c == 0 {
		n, err = store.Exec(tx, seeAll, by.Person, by.Shop)
	} else {
		n, err = store.Exec(tx, seeNotices, by.Person, c)
	}
	if err != nil || n == 0 {
		return err
	}
	return d.Log.Append(tx, event.Event{Shop: by.Shop, Kind: event.NoticesSeen, Conversation: c, Person: by.Person})
}

// mergeFollowing moves who follows, what is noted in the shop's fields, what it
// is linked to, and notices.
func mergeFollowing(tx *store.Tx, from, into id.Conversation) error {
	for _, s := range []store.Statement{moveFollowers, moveFieldValues, seeTwins, moveNotices} {
		if _, err := store.Exec(tx, s, from, into); err != nil {
			return err
		}
	}
	for _, s := range []store.Statement{clearFollowers, clearFieldValues} {
		if _, err := store.Exec(tx, s, from); err != nil {
			return err
		}
	}
	return mergeLinks(tx, from, into)
}
