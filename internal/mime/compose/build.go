package compose

import (
	"bytes"
	"fmt"
	"sort"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/fault"
)

// Build writes m as an RFC 5322 message with MIME: multipart/mixed > related >
// alternative, each level only where it is needed. Equal input gives equal
// bytes. Errors are fault.Invalid with the field's name; text that a customer
// wrote never causes one.
func Build(m Message) ([]byte, error) {
	var h header
	if err := writeHeader(&h, m); err != nil {
		return nil, err
	}
	root, err := body(m)
	if err != nil {
		return nil, err
	}
	h.add("MIME-Version", "1.0")

	var out bytes.Buffer
	out.Grow(sizeHint(m))
	out.Write(h.Bytes())
	root.write(&out)
	if err := carriable(out.Bytes()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func writeHeader(h *header, m Message) error {
	if m.Date.IsZero() || m.Date.Year() < 1 || m.Date.Year() > 9999 {
		return fault.Wrong("date", "the mail has no date")
	}
	if len(m.To)+len(m.Cc)+len(m.Bcc) == 0 {
		return fault.Wrong("to", "the mail has no recipient")
	}
	id := cleanID(m.MessageID)
	if !strings.Contains(id, "@") {
		return fault.Wrong("message_id", "the Message-ID cannot stand in a header")
	}

	h.add("Date", strings.Split(m.Date.Format("Mon, 02 Jan 2006 15:04:05 -0700"), " ")...)
	if err := writeAddresses(h, m); err != nil {
		return err
	}
	if tokens := textTokens(cut(oneLine(m.Subject), maxSubject)); len(tokens) > 0 {
		h.add("Subject", tokens...)
	}
	h.add("Message-ID", "<"+id+">")
	writeThreading(h, m)
	if err := writeKind(h, m); err != nil {
		return err
	}
	return writeExtra(h, m.Headers)
}

func writeAddresses(h *header, m Message) error {
	fields := []struct {
		name string
		list []Address
	}{{"From", []Address{m.From}}, {"To", m.To}, {"Cc", m.Cc}}
	if m.ReplyTo != nil {
		fields = append(fields, struct {
			name string
			list []Address
		}{"Reply-To", []Address{*m.ReplyTo}})
	}
	for _, f := range fields {
		if len(f.list) == 0 {
			continue
		}
		tokens, err := addressTokens(f.list)
		if err != nil {
			return fault.Wrong(strings.ToLower(f.name), err.Error())
		}
		h.add(f.name, tokens...)
	}
	return nil
}

// writeKind tells robots that no person wrote this (RFC 3834, 5), and readers
// in which language it is (RFC 3282).
func writeKind(h *header, m Message) error {
	switch m.AutoSubmitted {
	case "":
	case "auto-replied", "auto-generated":
		h.add("Auto-Submitted", m.AutoSubmitted)
	default:
		return fault.Wrong("auto_submitted", "neither auto-replied nor auto-generated")
	}
	if m.Language == "" {
		return nil
	}
	if !languageTag(m.Language) {
		return fault.Wrong("language", "no language tag")
	}
	h.add("Content-Language", m.Language)
	return nil
}

// writeExtra writes the extra fields in the order of their names.
func writeExtra(h *header, extra map[string]string) error {
	names := make([]string, 0, len(extra))
	for name := range extra {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		if err := checkExtra(name, extra[name]); err != nil {
			return err
		}
		h.add(name, textTokens(oneLine(extra[name]))...)
	}
	return nil
}

// carriable is the last look at the bytes: 7-bit and in lines that every
// server takes (RFC 5321, 4.5.3.1.6; RFC 5322, 2.1.1).
func carriable(raw []byte) error {
	start := 0
	for i, c := range raw {
		if c >= 0x80 || c == 0 {
			return fmt.Errorf("compose: byte %#x at %d is not 7-bit text", c, i)
		}
		if c != '\n' {
			continue
		}
		if i-start > 999 || i == start || raw[i-1] != '\r' {
			return fmt.Errorf("compose: line ending at %d is too long or lacks CR", i)
		}
		start = i + 1
	}
	return nil
}

func sizeHint(m Message) int {
	n := 4096 + 2*(len(m.HTML)+len(m.Text))
	if m.Quote != nil {
		n += 2 * (len(m.Quote.HTML) + len(m.Quote.Text))
	}
	for _, f := range m.Files {
		n += len(f.Content)*137/100 + 512
	}
	return n
}
