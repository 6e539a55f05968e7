package reply

import (
	"encoding/json"
	"time"

	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/knowledge"
)

// Options are what an author chose beside the words of a draft.
type Options struct {
	Quote     bool       `json:"quote,omitempty" doc:"The customer's message goes along below the answer"`
	Forward   id.Message `json:"forward,omitempty" doc:"This message is handed on to somebody else; the customer gets nothing"`
	Answered  []string   `json:"answered,omitempty" maxItems:"20" doc:"Questions of the customer's, by their words, that the author ticked"`
	Dismissed []string   `json:"dismissed,omitempty" maxItems:"50" doc:"Keys of warnings that the author called a false alarm"`
	Unkept    []string   `json:"unkept,omitempty" maxItems:"20" doc:"Keys of promises in the text that are not to be written down"`

	Dates   map[string]time.Time `json:"dates,omitempty" doc:"Dates of promises in the text as their author mended them, by the key of unkept"`
	SendAt  *time.Time           `json:"send_at,omitempty" nullable:"true" doc:"When it is to leave, as chosen while it is a draft"`
	Actions []knowledge.Action   `json:"actions,omitempty" maxItems:"20" doc:"What is done beside it; tags and charge with the sending, the rest once it has arrived"`
}

// JSON is the stored form.
func (o Options) JSON() string {
	raw, err := json.Marshal(o)
	if err != nil { // cannot happen: strings and numbers only
		return "{}"
	}
	return string(raw)
}

// ReadOptions gives what its author chose; what can't be read is nothing.
func (d Draft) ReadOptions() (o Options) {
	_ = json.Unmarshal([]byte(d.Options), &o)
	return o
}
