package ask

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// Service holds the operations. It is safe for use by many goroutines.
type Service struct {
	DB    *store.DB
	Blobs blob.Store
	Clock clock.Clock
	Log   *event.Log
	Desk  *desk.Desk
	Post  *delivery.Post
	Reply *reply.Service
	Shops *shop.Service
	URL   string // of the desk as the asked see it, without a slash at the end
}

// Ask is a question to somebody inside. Its promise says until when they have
// time, in which conversation it stands, and whether it still waits.
type Ask struct {
	ID         id.Ask     `db:"id"`
	Shop       id.Shop    `db:"shop_id"`
	Promise    id.Promise `db:"promise_id"`
	Message    id.Message `db:"message_id"` // the note that says what was asked
	Person     id.Person  `db:"person_id"`  // who asked
	Party      id.Party   `db:"party_id"`   // none for a free address
	Name       string     `db:"name"`
	Kind       PartyKind  `db:"kind"`
	Address    string     `db:"address"`
	Language   string     `db:"language"`
	Product    string     `db:"product"` // shown to them
	AnsweredAt time.Time  `db:"answered_at"`
	CreatedAt  time.Time  `db:"created_at"`
}

const columns = `a.id, a.shop_id, a.promise_id, a.message_id, a.person_id, a.party_id, a.name, a.kind, a.address, a.language, a.product, a.answered_at, a.created_at`

// OpenAfter is how long a link goes on after the first answer: who answers
// often has something to add.
const OpenAfter = 7 * 24 * time.Hour

var (
	insertAsk = store.SQL(`
		insert into ask (shop_id, promise_id, message_id, person_id, party_id, name, kind, address, language, product, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`)
	selectAsk       = store.SQL(`select ` + columns + ` from ask a where a.id = $1`)
	selectByMessage = store.SQL(`select ` + columns + ` from ask a where a.message_id = $1`)
	selectByPromise = store.SQL(`select ` + columns + ` from ask a where a.promise_id = $1`)
	selectByToken   = store.SQL(`select ` + columns + ` from ask_mail m join ask a on a.id = m.ask_id where m.token = $1`)
	selectByMail    = store.SQL(`select ` + columns + ` from ask_mail m join ask a on a.id = m.ask_id where m.shop_id = $1 and m.rfc_message_id = $2`)
	insertMail      = store.SQL(`
		insert into ask_mail (shop_id, ask_id, token, rfc_message_id, reminder, at) values ($1, $2, $3, $4, $5, $6)`)
	firstMail   = store.SQL(`select rfc_message_id from ask_mail where ask_id = $1 and reminder = false`)
	setAnswered = store.SQL(`update ask set answered_at = $2 where id = $1 and answered_at is null`)
)

// newToken is 32 random bytes in the alphabet of URLs.
func newToken() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// digest is what is stored of a token: with 256 bits of its own a plain hash is
// enough, and a copy of the table opens no page.
func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// link is where the asked answer.
func (s *Service) link(token string) string { return s.URL + "/ask/" + token }

// opened tells whether a question still takes answers by its links.
func opened(p promise.Promise, now time.Time) bool {
	switch p.State {
	case promise.Open:
		return true
	case promise.Kept:
		return now.Before(p.ClosedAt.Add(OpenAfter))
	}
	return false
}

// held holds the conversation in which a question stands, which a merge may
// move while we wait for it.
func (s *Service) held(tx *store.Tx, p id.Promise) (id.Conversation, error) {
	now, err := promise.Read(tx, p)
	for err == nil {
		if _, err = desk.Lock(tx, now.Conversation); err != nil {
			break
		}
		before := now.Conversation
		if now, err = promise.Read(tx, p); err == nil && now.Conversation == before {
			return before, nil
		}
	}
	return 0, err
}

// oneLine is a text on one line with single blanks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
