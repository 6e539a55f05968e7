package calendar

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // the zones of a container without /usr/share/zoneinfo
)

// Zone is a part of France with public holidays of its own, by its ISO 3166-2
// code or that of its department. "" is no zone: no holidays at all.
type Zone string

// The zones that are known.
const (
	NoZone          Zone = ""
	France          Zone = "FR"
	Moselle         Zone = "FR-57"
	BasRhin         Zone = "FR-67"
	HautRhin        Zone = "FR-68"
	Guadeloupe      Zone = "FR-971"
	Martinique      Zone = "FR-972"
	Guyane          Zone = "FR-973"
	Reunion         Zone = "FR-974"
	Mayotte         Zone = "FR-976"
	SaintBarthelemy Zone = "FR-977"
	SaintMartin     Zone = "FR-978"
)

var zoneLocations = map[Zone]string{
	France:          "Europe/Paris",
	Moselle:         "Europe/Paris",
	BasRhin:         "Europe/Paris",
	HautRhin:        "Europe/Paris",
	Guadeloupe:      "America/Guadeloupe",
	Martinique:      "America/Martinique",
	Guyane:          "America/Cayenne",
	Reunion:         "Indian/Reunion",
	Mayotte:         "Indian/Mayotte",
	SaintBarthelemy: "America/St_Barthelemy",
	SaintMartin:     "America/Marigot",
}

// ParseZone knows FR, FR-57, FR-67, FR-68, FR-971 to FR-974, FR-976, FR-977 and
// FR-978, in capitals; anything else is an error, the empty text too.
func ParseZone(s string) (Zone, error) {
	if _, ok := zoneLocations[Zone(s)]; !ok {
		return NoZone, fmt.Errorf("unknown zone %q (FR, FR-57, FR-67, FR-68, FR-971 to FR-974, FR-976 to FR-978)", s)
	}
	return Zone(s), nil
}

// Location is the time zone in which clocks of z run; UTC for no zone.
func (z Zone) Location() *time.Location {
	loc, err := LoadLocation(zoneLocations[z])
	if err != nil {
		return time.UTC
	}
	return loc
}

// LoadLocation gives the IANA time zone of that name. It refuses "" and
// "Local", which time.LoadLocation takes: what they mean depends on the machine.
func LoadLocation(name string) (*time.Location, error) {
	if name == "" || strings.EqualFold(name, "local") {
		return nil, fmt.Errorf("unknown time zone %q", name)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("unknown time zone %q", name)
	}
	return loc, nil
}

func (z Zone) alsaceMoselle() bool { return z == Moselle || z == BasRhin || z == HautRhin }
