package explain

import (
	"io"
	"time"

	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/mime/visible"
)

// mailLine is the line of a mail. Every key is always there: an unknown scalar
// is null, a list [], a text "".
type mailLine struct {
	File        string           `json:"file"`
	OK          bool             `json:"ok"`
	Error       *string          `json:"error"`
	Warnings    []string         `json:"warnings"`
	Class       mime.Class       `json:"class"`
	MessageID   *string          `json:"message_id"`
	InReplyTo   *string          `json:"in_reply_to"`
	References  []string         `json:"references"`
	Subject     string           `json:"subject"`
	From        addressLine      `json:"from"`
	ReplyTo     []addressLine    `json:"reply_to"`
	To          []addressLine    `json:"to"`
	Cc          []addressLine    `json:"cc"`
	Date        *string          `json:"date"`
	Language    *string          `json:"language"`
	Text        string           `json:"text"`
	Visible     string           `json:"visible"`
	HiddenQuote string           `json:"hidden_quote"`
	Attachments []attachmentLine `json:"attachments"`
	Report      []reportLine     `json:"report"`
}

type addressLine struct {
	Name    string `json:"name"`
	Address string `json:"address"`
}

type attachmentLine struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Size   int    `json:"size"`
	SHA256 string `json:"sha256"`
	Inline bool   `json:"inline"`
}

type reportLine struct {
	OriginalMessageID *string `json:"original_message_id"`
	Recipient         *string `json:"recipient"`
	Action            *string `json:"action"`
	Status            *string `json:"status"`
}

// Mail says how the desk would read each mail: its class, people, text and
// attachments. own are the shop's own addresses; "-" reads one mail from stdin.
// It returns the exit code; a quarantined mail gives ExitSomeBad.
func Mail(own, files []string, stdin io.Reader, stdout io.Writer) int {
	return eachFile(files, stdin, stdout, func(file string, content []byte) (any, error) {
		m, err := mime.Parse(content, mime.Options{Own: own})
		if err != nil {
			return nil, err
		}
		return newMailLine(file, m), nil
	})
}

func newMailLine(file string, m *mime.Mail) mailLine {
	shown := visible.Split(visible.Input{Text: m.Text, HTML: m.HTML})
	line := mailLine{
		File: file, OK: true,
		Warnings:   append([]string{}, m.Warnings...),
		Class:      m.Class,
		MessageID:  orNull(m.MessageID),
		InReplyTo:  orNull(m.InReplyTo),
		References: append([]string{}, m.References...),
		Subject:    m.Subject,
		From:       newAddressLine(m.Author()),
		ReplyTo:    addressLines(m.ReplyTo),
		To:         addressLines(m.To),
		Cc:         addressLines(m.Cc),
		Language:   orNull(m.Language),
		Text:       m.Text,
		Visible:    shown.Text, HiddenQuote: shown.Quote,
		Attachments: make([]attachmentLine, 0, len(m.Attachments)),
		Report:      make([]reportLine, 0, len(m.Reports)),
	}
	if m.HasDate {
		line.Date = orNull(m.Date.Format(time.RFC3339))
	}
	for _, a := range m.Attachments {
		line.Attachments = append(line.Attachments, attachmentLine{a.Name, a.Type, a.Size, a.SHA256, a.Inline})
	}
	for _, r := range m.Reports {
		line.Report = append(line.Report, reportLine{
			orNull(r.OriginalMessageID), orNull(r.Recipient), orNull(r.Action), orNull(r.Status),
		})
	}
	return line
}

func newAddressLine(a mime.Address) addressLine { return addressLine(a) }

func addressLines(list []mime.Address) []addressLine {
	lines := make([]addressLine, 0, len(list))
	for _, a := range list {
		lines = append(lines, newAddressLine(a))
	}
	return lines
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
