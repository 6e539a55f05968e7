package shop

import (
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/comptoir-desk/comptoir/internal/pattern"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
)

// Shop is one shop with its identity and its texts.
type Shop struct {
	ID         id.Shop       `db:"id"`
	Name       string        `db:"name"`
	URL        string        `db:"url"`
	Phone      string        `db:"phone"`
	Address    string        `db:"address"` // postal, several lines
	SIRET      string        `db:"siret"`   // or another company number, as it is written
	Language   string        `db:"language"`
	Timezone   string        `db:"timezone"` // IANA name
	Holidays   calendar.Zone `db:"holidays"`
	Colour     string        `db:"colour"`    // "#rrggbb" or ""
	Logo       string        `db:"logo"`      // blob, "" for none
	LogoType   string        `db:"logo_type"` // of the logo, an image type
	AckEnabled bool          `db:"ack_enabled"`
	AckFR      string        `db:"ack_fr"` // "" for the text of the house
	AckEN      string        `db:"ack_en"`
	Remind     bool          `db:"remind"`    // customers who are waited for
	RemindFR   string        `db:"remind_fr"` // "" for the text of the house
	RemindEN   string        `db:"remind_en"`
	Demo       bool          `db:"demo"`
	CreatedAt  time.Time     `db:"created_at"`
	Revision   int64         `db:"revision"` // drawn anew with each change of settings
}

// Input is what a person fills in about a shop.
type Input struct {
	Name, URL, Phone, Address string
	SIRET                     string // or another company number
	Language                  string // "fr" or "en"
	Timezone                  string // IANA name
	Holidays                  string // a zone of package calendar, "" for none
	Colour                    string // "#rrggbb" or ""
	Logo, LogoType            string // blob and its type, "" for none
}

// Acknowledgement is what the shop says at once to whoever writes (P03).
type Acknowledgement struct {
	Enabled bool
	FR, EN  string
}

const (
	maxName = 120
	maxText = 4000
)

// logoTypes are images that mail programs show and that cannot carry scripts,
// as SVG can.
var logoTypes = map[string]bool{"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true}

// siret: France writes 14 digits, its neighbours what they like.
var siret = pattern.Of(`^[0-9A-Za-z .\-]{0,40}$`)

var colour = pattern.Of(`^#[0-9a-fA-F]{6}$`)

// checked is the input as it is stored, or the first thing that is wrong in it.
func (in Input) checked() (Input, error) {
	in.Name = strings.TrimSpace(in.Name)
	in.URL = strings.TrimSpace(in.URL)
	in.Phone = strings.TrimSpace(in.Phone)
	in.Address = strings.TrimSpace(in.Address)
	in.SIRET = strings.Join(strings.Fields(in.SIRET), " ")
	in.Colour = strings.ToLower(strings.TrimSpace(in.Colour))
	if in.Language == "" {
		in.Language = "fr"
	}
	switch {
	case in.Name == "":
		return in, fault.Wrong("name", "The shop needs a name.")
	case utf8.RuneCountInString(in.Name) > maxName:
		return in, fault.Wrong("name", "The name is longer than 120 characters.")
	case strings.ContainsAny(in.Name, "\r\n"):
		return in, fault.Wrong("name", "The name must fit on one line.")
	case in.URL != "" && !isWebAddress(in.URL):
		return in, fault.Wrong("url", "The web address must begin with https:// or http:// and name a site.")
	case utf8.RuneCountInString(in.Phone) > maxName:
		return in, fault.Wrong("phone", "The phone number is longer than 120 characters.")
	case utf8.RuneCountInString(in.Address) > maxText:
		return in, fault.Wrong("address", "The address is longer than 4000 characters.")
	case !siret.MatchString(in.SIRET):
		return in, fault.Wrong("siret", "A company number has letters, digits, spaces and dots, 40 at most.")
	case in.Language != "fr" && in.Language != "en":
		return in, fault.Wrong("language", "The language must be French or English.")
	case in.Colour != "" && !colour.MatchString(in.Colour):
		return in, fault.Wrong("colour", "The colour must be written like #1a2b3c.")
	case in.Logo != "" && !logoTypes[in.LogoType]:
		return in, fault.Wrong("logo", "The logo must be a PNG, JPEG, GIF or WebP image.")
	}
	if _, err := calendar.LoadLocation(in.Timezone); err != nil {
		return in, fault.Wrong("timezone", "This time zone is not known; an example is Europe/Paris.")
	}
	if in.Holidays != "" {
		if _, err := calendar.ParseZone(in.Holidays); err != nil {
			return in, fault.Wrong("holidays", "Public holidays are known for FR, FR-57, FR-67, FR-68, FR-971 to FR-974 and FR-976 to FR-978.")
		}
	}
	return in, nil
}

func isWebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil && len(s) <= 500
}

func (a Acknowledgement) checked() (Acknowledgement, error) {
	a.FR, a.EN = strings.TrimSpace(a.FR), strings.TrimSpace(a.EN)
	if utf8.RuneCountInString(a.FR) > maxText {
		return a, fault.Wrong("ack.text_fr", "The text is longer than 4000 characters.")
	}
	if utf8.RuneCountInString(a.EN) > maxText {
		return a, fault.Wrong("ack.text_en", "The text is longer than 4000 characters.")
	}
	return a, nil
}
