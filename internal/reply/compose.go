package reply

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/mime"
	"github.com/comptoir-desk/comptoir/internal/mime/compose"
	"github.com/comptoir-desk/comptoir/internal/shop"
)

// composed is a mail as it will leave: its bytes lie in the blob store.
type composed struct {
	messageID string
	subject   string
	text      string // what the author wrote, as text
	raw       blob.Hash
}

// compose writes the bytes of an answer: text beside HTML, signed by a person
// with the shop's logo (P04), threaded.
func (s *Service) compose(ctx context.Context, b basis, a Answer) (composed, error) {
	out := composed{
		messageID: newMessageID(b.conv.ID, b.mailbox.Address),
		subject:   answerSubject(b.conv.Subject, b.language(), b.inReplyTo != ""),
		text:      b.text,
	}
	forward := a.Options.Forward != 0
	if forward {
		out.subject = forwardSubject(b.quoted.Subject, b.language())
	}
	if strings.TrimSpace(out.text) == "" && len(b.files)+len(b.links) == 0 && !forward {
		return out, fault.Wrong("html", "The answer is empty.")
	}
	files, err := s.readFiles(ctx, b.files)
	if err != nil {
		return out, err
	}
	logo, err := s.logo(ctx, b.shop)
	if err != nil {
		return out, err
	}
	sigHTML, sigText, logoFile := compose.Signature(compose.SignatureData{
		Name: b.signer, Role: b.roleLine, Shop: b.shop.Name, Phone: b.shop.Phone, Address: b.shop.Address, URL: b.shop.URL,
		Logo: logo, LogoType: b.shop.LogoType,
	})
	if logoFile != nil {
		files = append(files, *logoFile)
	}
	linkHTML, linkText := s.links(&b, a)
	raw, err := compose.Build(compose.Message{
		MessageID: out.messageID, Date: s.Clock.Now().In(b.location),
		From: compose.Address{Name: b.signer + " · " + b.shop.Name, Address: b.mailbox.Address},
		To:   addressed(b.to), Cc: addressed(a.Cc), Bcc: addressed(a.Bcc),
		Subject: out.subject, InReplyTo: b.inReplyTo, References: b.references,
		HTML: a.HTML + linkHTML + sigHTML, Text: out.text + linkText + "\n\n" + sigText, Files: files, Language: b.language(),
		Quote: b.history(forward),
	})
	if err != nil {
		return out, fmt.Errorf("compose answer: %w", err)
	}
	if raw, err = s.sign(raw, b.mailbox); err != nil {
		return out, err
	}
	hashes, err := s.Blobs.Put(ctx, raw)
	if err != nil {
		return out, err
	}
	out.raw = hashes[0]
	return out, nil
}

func (s *Service) sign(raw []byte, m shop.Mailbox) ([]byte, error) {
	if m.SealedDKIM == "" {
		return raw, nil
	}
	pem, err := s.Shops.DKIMKey(m)
	if err != nil {
		return nil, fmt.Errorf("dkim key: %w", err)
	}
	key, err := compose.ParseDKIMKey([]byte(pem), m.DKIMDomain, m.DKIMSelector)
	if err != nil {
		return nil, fmt.Errorf("dkim key: %w", err)
	}
	return compose.Sign(raw, key, s.Clock.Now().Truncate(time.Second))
}

func (s *Service) readFiles(ctx context.Context, files []desk.File) ([]compose.File, error) {
	out := make([]compose.File, 0, len(files)+1)
	for _, f := range files {
		content, err := blob.ReadAll(ctx, s.Blobs, f.Blob)
		if err != nil {
			return nil, fmt.Errorf("attachment %q: %w", f.Name, err)
		}
		out = append(out, compose.File{Name: f.Name, Type: f.Type, Content: content, ContentID: f.ContentID, Inline: f.Inline})
	}
	return out, nil
}

func (s *Service) logo(ctx context.Context, sh shop.Shop) ([]byte, error) {
	if sh.Logo == "" {
		return nil, nil
	}
	return blob.ReadAll(ctx, s.Blobs, blob.Hash(sh.Logo))
}

func addressed(list []mime.Address) []compose.Address {
	out := make([]compose.Address, len(list))
	for i, a := range list {
		out[i] = compose.Address{Name: a.Name, Address: a.Address}
	}
	return out
}

// links gives the files that are too large an address each, from the day on which
// the answer leaves.
func (s *Service) links(b *basis, a Answer) (asHTML, asText string) {
	until := a.leavesAt(s.Clock.Now()).Add(LinkTime)
	for i := range b.links {
		l := &b.links[i]
		l.until, l.url = until, s.Links.URL+"/files/"+s.Links.Token(b.shop.ID, l.file.Blob, until)
	}
	return linked(b.links, b.location, b.language())
}

// forwardSubject puts one "Fwd: " before the subject of what is handed on.
func forwardSubject(subject, language string) string {
	return "Fwd: " + answerSubject(subject, language, false)
}

// replyMark matches the marks of answers in subjects ("Re:", "RE :", "Ré :").
var replyMark = pattern.Of(`(?i)^\s*((re|ré|rép|tr|fwd?|aw|sv)\s*(\[\d+\])?\s*:\s*)+`)

// answerSubject puts one "Re: " before the customer's own subject.
func answerSubject(subject, language string, answers bool) string {
	bare := strings.TrimSpace(replyMark.ReplaceAllString(subject, ""))
	if bare == "" {
		bare = "Votre message"
		if language == "en" {
			bare = "Your message"
		}
	}
	if !answers {
		return bare
	}
	return "Re: " + bare
}
