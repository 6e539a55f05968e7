package ask

import (
	"errors"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/promise"
	"github.com/comptoir-desk/comptoir/internal/reply"
	"github.com/comptoir-desk/comptoir/internal/store"
)

var isParticipant = store.SQL(`select count(*) from participant where conversation_id = $1 and address = $2`)

// mostNamed bounds how many Message-IDs of a mail are looked up.
const mostNamed = 20

// Take makes a note of a mail that answers a question (desk.Inside). A customer
// who was let into the mails is none of the asked: theirs goes the usual way,
// and is owed an answer (I2).
func (s *Service) Take(tx *store.Tx, in *desk.Incoming) (got desk.Received, taken bool, err error) {
	switch in.Class {
	case mime.ClassOwn, mime.ClassBounce, mime.ClassDelay, mime.ClassReport:
		return got, false, nil
	}
	a, found, err := s.named(tx, in)
	if err != nil || !found {
		return got, false, err
	}
	from := strings.ToLower(in.From.Address)
	if from != a.Address {
		p, err := promise.Read(tx, a.Promise)
		if err != nil {
			return got, false, err
		}
		n, err := store.One[int64](tx, isParticipant, p.Conversation, from)
		if err != nil || n > 0 {
			return got, false, err
		}
	}
	if in.Words == nil {
		in.Analysed()
	}
	name := a.Name
	if from != a.Address { // they handed it on to somebody
		name = in.From.Name
	}
	text := in.Text
	if strings.TrimSpace(text) == "" && len(in.Files) == 0 { // whatever was folded is all there is
		text = in.Quote
	}
	note, again, err := s.take(tx, a, given{
		key: "mail:" + in.Fingerprint, name: name, address: from, text: text, quote: in.Quote, files: in.Files, messageID: in.MessageID,
		inReplyTo: in.InReplyTo, fingerprint: in.Fingerprint, raw: in.Raw, words: in.Words, at: in.ArrivedAt, sentAt: in.SentAt,
		automatic: in.Class == mime.ClassAutoReply || in.AutoSubmitted,
	})
	if errors.Is(err, store.ErrNone) { // its conversation is gone
		return got, false, nil
	}
	return desk.Received{Conversation: note.Conversation, Message: note.ID, Duplicate: again}, err == nil, err
}

// named finds the question that a mail answers: by In-Reply-To, else by the
// newest of its References. Only Message-IDs of the form of ours are looked up.
func (s *Service) named(tx *store.Tx, in *desk.Incoming) (a Ask, found bool, err error) {
	keys := []string{in.InReplyTo}
	for i := len(in.References) - 1; i >= 0 && len(keys) < mostNamed; i-- {
		keys = append(keys, in.References[i])
	}
	for _, k := range keys {
		if !strings.HasPrefix(k, reply.QuestionPrefix) {
			continue
		}
		if a, found, err = store.Maybe[Ask](tx, selectByMail, in.Shop, k); err != nil || found {
			return a, found, err
		}
	}
	return a, false, nil
}

// Asked finds the conversation of a question by the Message-ID of one of its
// mails (desk.Inside): a bounce of it is shown there.
func (s *Service) Asked(tx *store.Tx, shop id.Shop, messageID string) (c id.Conversation, found bool, err error) {
	if !strings.HasPrefix(messageID, reply.QuestionPrefix) {
		return 0, false, nil
	}
	a, found, err := store.Maybe[Ask](tx, selectByMail, shop, messageID)
	if err != nil || !found {
		return 0, false, err
	}
	p, err := promise.Read(tx, a.Promise)
	return p.Conversation, err == nil, err
}
