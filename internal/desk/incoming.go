package desk

import (
	"slices"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/search"
)

// Incoming is what a channel hands over: one message, parsed and stored.
type Incoming struct {
	Shop          id.Shop
	Mailbox       id.Mailbox
	Item          id.Item
	Channel       string
	Role          string // folder it lay in: inbox, junk, sent
	Class         mime.Class
	History       bool // from before "owed since": kept, owed nothing
	MessageID     string
	InReplyTo     string
	References    []string
	Fingerprint   string
	From          mime.Address // whom it is from: the Reply-To of a shop's own form
	ReplyTo       []mime.Address
	To, Cc        []mime.Address
	Own           []string // the shop's own addresses
	Subject       string
	Text, Quote   string
	Language      string
	HasHTML, Rich bool
	Courtesy      bool // reads like a mere "thank you"
	AutoSubmitted bool
	Files         []IncomingFile
	Reports       []mime.Report
	ArrivedAt     time.Time
	SentAt        time.Time
	Raw           blob.Hash
	Words         *search.Words // what it is found by; nil: made when it is received
}

// Analysed makes the words that the message is found by, so that the
// transaction that receives it needn't.
func (in *Incoming) Analysed() {
	words := search.Analyse(in.searchText())
	in.Words = &words
}

func (in *Incoming) searchText() search.Text {
	return searchText(Message{
		Shop: in.Shop, Subject: in.Subject, Body: in.Text, Language: in.Language, Channel: in.Channel, FromName: in.From.Name,
		FromAddress: in.From.Address, Recipients: Recipients{To: in.To, Cc: in.Cc, ReplyTo: in.ReplyTo}.JSON(), ArrivedAt: in.ArrivedAt,
	}, in.Files)
}

// IncomingFile is an attachment whose bytes are stored already.
type IncomingFile = File

// Received says what became of it.
type Received struct {
	Conversation id.Conversation
	Message      id.Message
	Duplicate    bool // the same message was here already
}

func (in *Incoming) isOwn(address string) bool {
	return slices.Contains(in.Own, strings.ToLower(address))
}

// parties are all addresses of the mail that aren't ours.
func (in *Incoming) parties() []string {
	var out []string
	for _, list := range [][]mime.Address{{in.From}, in.ReplyTo, in.To, in.Cc} {
		for _, a := range list {
			addr := strings.ToLower(a.Address)
			if addr != "" && !in.isOwn(addr) && !slices.Contains(out, addr) {
				out = append(out, addr)
			}
		}
	}
	if len(out) > maxParties {
		out = out[:maxParties]
	}
	return out
}

// maxParties bounds what a mail to thousands may claim.
const maxParties = 100

// correspondent is the customer's side: the author, or of our own mail the
// first recipient that isn't ours.
func (in *Incoming) correspondent() mime.Address {
	if in.Class != mime.ClassOwn {
		return in.From
	}
	for _, list := range [][]mime.Address{in.To, in.Cc} {
		for _, a := range list {
			if !in.isOwn(a.Address) {
				return a
			}
		}
	}
	return mime.Address{}
}

// keys are the Message-IDs that tie it to a conversation, its own first. The
// oldest and the newest references say enough; the rest is bounded.
func (in *Incoming) keys() []string {
	var out []string
	add := func(k string) {
		if k != "" && len(k) <= 998 && !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	add(in.MessageID)
	add(in.InReplyTo)
	refs := in.References
	if len(refs) > maxReferences {
		refs = append(slices.Clone(refs[:1]), refs[len(refs)-maxReferences+1:]...)
	}
	for _, r := range refs {
		add(r)
	}
	return out
}

const maxReferences = 20

// isNotice tells mail of the mail system itself, which may report on any
// conversation although its sender is in none.
func (in *Incoming) isNotice() bool {
	return in.Class == mime.ClassBounce || in.Class == mime.ClassDelay
}
