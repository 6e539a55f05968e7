package guard

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
)

// ParseContext reads what `comptoir explain draft --context` knows around a
// draft; every key is optional, null is none:
//
//	{"now":"2026-11-23T09:00:00+01:00","zone":"Europe/Paris","lang":"fr","channel":"mail",
//	 "author":{"name":"Véronica"},"signature":"Véronica\nMaison Lila",
//	 "shop":{"name":"Maison Lila","phones":["+33 1 23 45 67 89"],"siret":"380 129 866 00012"},
//	 "customer":{"name":"Camille Renaud","email":"camille@example.org","kind":"consumer"},
//	 "message":"Où est ma bague ?","attachments":["facture.pdf"],
//	 "orders":[{"number":"ML-20417","placed":"2026-11-12","delivered":null,"total":"49.90","currency":"EUR","withdrawal_until":null}],
//	 "others":["Paul Delmas","ML-20418","paul@example.org",{"name":"Inès Belkacem","orders":["ML-20419"]}],
//	 "forbidden":["malheureusement",{"words":"ticket","severity":"warn"}],
//	 "preferred":{"ticket":"demande"},"dead_links":["https://maison-lila.example/ancien"]}
//
// zone is an IANA name or a zone of France, Europe/Paris by default; a bare time
// is of that zone. Where neither author nor signature stands, the signature is
// unknown. An unknown key or a value of another kind is an error that names the
// key.
func ParseContext(data []byte) (Draft, Facts, error) {
	c := contextReader{}
	if c.facts.Zone = calendar.France.Location(); len(bytes.TrimSpace(data)) == 0 {
		return Draft{}, Facts{}, errors.New("context: a JSON object expected")
	}
	object, err := c.object("", data)
	if err != nil {
		return Draft{}, Facts{}, err
	}
	// The zone first: now may be a time of it.
	keys := slices.SortedFunc(maps.Keys(object), func(a, b string) int {
		return cmpFirst(a, b, "zone")
	})
	for _, key := range keys {
		if err := c.read(key, object[key]); err != nil {
			return Draft{}, Facts{}, err
		}
	}
	c.facts.SignatureUnknown = isNull(object["author"]) && isNull(object["signature"])
	return c.draft, c.facts, nil
}

func cmpFirst(a, b, first string) int {
	switch first {
	case a:
		return -1
	case b:
		return 1
	}
	return strings.Compare(a, b)
}

type contextReader struct {
	draft Draft
	facts Facts
}

func (c *contextReader) read(key string, raw json.RawMessage) (err error) {
	d, f := &c.draft, &c.facts
	switch key {
	case "zone":
		return c.readZone(raw)
	case "now":
		f.Now, err = c.moment(key, raw)
	case "lang":
		d.Lang, err = c.text(key, raw)
	case "channel":
		d.Channel, err = c.text(key, raw)
	case "signature":
		f.Signature, err = c.text(key, raw)
	case "message":
		f.Message, err = c.text(key, raw)
	case "author":
		err = c.fields(key, raw, map[string]any{"name": &f.Author.Name})
	case "shop":
		err = c.fields(key, raw, map[string]any{"name": &f.Shop.Name, "phones": &f.Shop.Phones, "siret": &f.Shop.SIRET})
	case "customer":
		err = c.fields(key, raw, map[string]any{"name": &f.Customer.Name, "email": &f.Customer.Email, "kind": &f.Customer.Kind})
	case "attachments":
		err = c.each(key, raw, func(at string, item json.RawMessage) error {
			return c.textOrField(at, item, "name", func(s string) { d.Attachments = append(d.Attachments, s) })
		})
	case "orders":
		err = c.each(key, raw, c.readOrder)
	case "others":
		err = c.each(key, raw, c.readOther)
	case "forbidden":
		err = c.each(key, raw, c.readForbidden)
	case "preferred":
		err = c.readPreferred(raw)
	case "dead_links":
		f.DeadLinks, err = c.texts(key, raw)
	default:
		return fmt.Errorf("%s: unknown key", key)
	}
	return err
}

func (c *contextReader) readZone(raw json.RawMessage) error {
	name, err := c.text("zone", raw)
	if err != nil || name == "" {
		return err
	}
	if zone, err := calendar.ParseZone(name); err == nil {
		c.facts.Zone = zone.Location()
		return nil
	}
	if c.facts.Zone, err = calendar.LoadLocation(name); err != nil {
		return fmt.Errorf("zone: %w", err)
	}
	return nil
}

// moment reads RFC 3339, a local time of the zone, or a date.
func (c *contextReader) moment(at string, raw json.RawMessage) (time.Time, error) {
	s, err := c.text(at, raw)
	if err != nil || s == "" {
		return time.Time{}, err
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			midnight := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
			return calendar.DateOf(t).At(c.facts.Zone, t.Sub(midnight)), nil
		}
	}
	return time.Time{}, fmt.Errorf("%s: %q is no time such as 2026-12-07T09:30:00+01:00", at, s)
}

// readOrder keeps the number; the rest must be well formed.
func (c *contextReader) readOrder(at string, raw json.RawMessage) error {
	var number, currency, total string
	var dates [3]string
	err := c.fields(at, raw, map[string]any{
		"number": &number, "currency": &currency, "total": &total,
		"placed": &dates[0], "delivered": &dates[1], "withdrawal_until": &dates[2],
	})
	if err != nil {
		return err
	}
	for i, key := range []string{"placed", "delivered", "withdrawal_until"} {
		quoted, err := json.Marshal(dates[i])
		if err != nil {
			return fmt.Errorf("%s.%s: %w", at, key, err)
		}
		if _, err := c.moment(at+"."+key, quoted); err != nil {
			return err
		}
	}
	if number != "" {
		c.facts.Orders = append(c.facts.Orders, number)
	}
	return nil
}

// readOther takes a text, or an object whose texts and lists of texts are all
// what another customer is known by.
func (c *contextReader) readOther(at string, raw json.RawMessage) error {
	switch first(raw) {
	case '"':
		s, err := c.text(at, raw)
		c.facts.Others = append(c.facts.Others, s)
		return err
	case '{':
		object, err := c.object(at, raw)
		if err != nil {
			return err
		}
		for _, key := range slices.Sorted(maps.Keys(object)) {
			if err := c.readOtherField(at+"."+key, object[key]); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("%s: a text or an object expected", at)
}

func (c *contextReader) readOtherField(at string, raw json.RawMessage) error {
	switch first(raw) {
	case 'n':
		return nil
	case '[':
		return c.each(at, raw, c.readOther)
	}
	s, err := c.scalar(at, raw)
	c.facts.Others = append(c.facts.Others, s)
	return err
}

func (c *contextReader) readForbidden(at string, raw json.RawMessage) error {
	var f Forbidden
	if first(raw) != '{' {
		var err error
		f.Words, err = c.text(at, raw)
		c.facts.Forbidden = append(c.facts.Forbidden, f)
		return err
	}
	var severity string
	if err := c.fields(at, raw, map[string]any{"words": &f.Words, "word": &f.Words, "severity": &severity}); err != nil {
		return err
	}
	known := map[string]Severity{"": "", "warn": Warns, "stop": Stops, "block": NeverPassed}
	var ok bool
	if f.Severity, ok = known[severity]; !ok {
		return fmt.Errorf("%s.severity: warn, stop or block expected", at)
	}
	c.facts.Forbidden = append(c.facts.Forbidden, f)
	return nil
}

func (c *contextReader) readPreferred(raw json.RawMessage) error {
	if isNull(raw) {
		return nil
	}
	object, err := c.object("preferred", raw)
	if err != nil {
		return err
	}
	c.facts.Preferred = map[string]string{}
	for key, value := range object {
		if c.facts.Preferred[key], err = c.text("preferred."+key, value); err != nil {
			return err
		}
	}
	return nil
}

func (c *contextReader) object(at string, raw json.RawMessage) (map[string]json.RawMessage, error) {
	if isNull(raw) {
		return map[string]json.RawMessage{}, nil
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(raw, &object); err != nil || object == nil {
		if at == "" {
			at = "context"
		}
		return nil, fmt.Errorf("%s: a JSON object expected", at)
	}
	return object, nil
}

// fields reads an object whose keys are known; values go into *string or
// *[]string.
func (c *contextReader) fields(at string, raw json.RawMessage, into map[string]any) error {
	object, err := c.object(at, raw)
	if err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		path := at + "." + key
		switch target := into[key].(type) {
		case *string:
			*target, err = c.scalar(path, object[key])
		case *[]string:
			*target, err = c.texts(path, object[key])
		default:
			err = fmt.Errorf("%s: unknown key", path)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *contextReader) textOrField(at string, raw json.RawMessage, field string, use func(string)) error {
	if first(raw) != '{' {
		s, err := c.text(at, raw)
		use(s)
		return err
	}
	object, err := c.object(at, raw)
	if err != nil {
		return err
	}
	s, err := c.text(at+"."+field, object[field])
	use(s)
	return err
}

func (c *contextReader) texts(at string, raw json.RawMessage) (list []string, err error) {
	err = c.each(at, raw, func(at string, item json.RawMessage) error {
		s, err := c.text(at, item)
		list = append(list, s)
		return err
	})
	return list, err
}

func (c *contextReader) each(at string, raw json.RawMessage, read func(at string, item json.RawMessage) error) error {
	if isNull(raw) {
		return nil
	}
	var items []json.RawMessage
	if err := json.Unmarshal(raw, &items); err != nil {
		return fmt.Errorf("%s: a list expected", at)
	}
	for i, item := range items {
		if err := read(fmt.Sprintf("%s[%d]", at, i), item); err != nil {
			return err
		}
	}
	return nil
}

func (c *contextReader) text(at string, raw json.RawMessage) (string, error) {
	if isNull(raw) {
		return "", nil
	}
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return "", fmt.Errorf("%s: a text expected", at)
	}
	return s, nil
}

// scalar takes a number too, as it is written: a total may be one.
func (c *contextReader) scalar(at string, raw json.RawMessage) (string, error) {
	var n json.Number
	if b := first(raw); b == '-' || b >= '0' && b <= '9' {
		if err := json.Unmarshal(raw, &n); err == nil {
			return n.String(), nil
		}
	}
	return c.text(at, raw)
}

func first(raw json.RawMessage) byte {
	if raw = bytes.TrimSpace(raw); len(raw) == 0 {
		return 'n'
	}
	return raw[0]
}

func isNull(raw json.RawMessage) bool { return first(raw) == 'n' }
