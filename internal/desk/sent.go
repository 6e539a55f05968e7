package desk

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// An answer written elsewhere (on a phone, in the webmail) is found in the Sent
// folder. It keeps the promise for the message in its In-Reply-To and those
// before, else for all that had arrived before it (I2). Both folders are read
// side by side, so the copy may come in before the message that it answers.

var (
	arrivalOf = store.SQL(`
		select arrived_at from message where conversation_id = $1 and rfc_message_id = $2 and direction = 'in' order by id limit 1`)
	laterCopies = store.SQL(`
		select count(*) from message copy
		where copy.conversation_id = $1 and copy.direction = 'out' and copy.kind = 'answer' and copy.seen_through is null
			and copy.person_id is null and copy.arrived_at >= $2
			and (copy.in_reply_to = '' or copy.in_reply_to = $3
				or not exists (select 1 from message other where other.conversation_id = copy.conversation_id
					and other.rfc_message_id = copy.in_reply_to and other.direction = 'in' and other.arrived_at < $2))`)
)

// keepByItsCopy keeps the answer promise by an answer found in the Sent folder.
func (r *receiving) keepByItsCopy() error {
	until := r.in.ArrivedAt
	if r.in.InReplyTo != "" {
		at, found, err := store.Maybe[time.Time](r.tx, arrivalOf, r.conv.ID, r.in.InReplyTo)
		if err != nil {
			return err
		}
		if found {
			until = at
		}
	}
	r.conv.Reminders = 0
	return r.Ledger.Keep(r.tx, promise.Answered{
		Conversation: r.conv.ID, Channel: r.conv.Channel, SeenUntil: until, At: r.in.ArrivedAt,
	})
}

// hasLaterCopy tells whether an answer to this message came in before it.
func (r *receiving) hasLaterCopy() (bool, error) {
	n, err := store.One[int64](r.tx, laterCopies, r.conv.ID, r.in.ArrivedAt, r.in.MessageID)
	return n > 0, err
}
