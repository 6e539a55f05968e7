package safehttp

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
)

// ErrForbidden says that an address is not of the public Internet, or is spoken
// to without TLS.
var ErrForbidden = errors.New("forbidden address")

// reserved are the networks of IANA's registries of special-purpose addresses
// (RFC 6890) that netip's own questions leave out.
var reserved = prefixes(
	"0.0.0.0/8",       // "this network", RFC 791
	"100.64.0.0/10",   // carriers' own, RFC 6598; some clouds keep metadata there
	"192.0.0.0/24",    // protocol assignments, RFC 6890
	"192.0.2.0/24",    // documentation, RFC 5737
	"192.88.99.0/24",  // 6to4 relays, RFC 7526
	"198.18.0.0/15",   // benchmarks, RFC 2544
	"198.51.100.0/24", // documentation
	"203.0.113.0/24",  // documentation
	"240.0.0.0/4",     // reserved and broadcast, RFC 1112
	"::/96",           // IPv4-compatible, RFC 4291 2.5.5.1
	"64:ff9b:1::/48",  // local translation, RFC 8215
	"100::/64",        // discard, RFC 6666
	"2001::/23",       // protocol assignments with Teredo, RFC 2928
	"2001:db8::/32",   // documentation, RFC 3849
	"3fff::/20",       // documentation, RFC 9637
	"5f00::/16",       // segment routing, RFC 9602
	"fec0::/10",       // site-local, RFC 3879
)

// translated are networks whose addresses hold an IPv4 address, by the bit at
// which it begins.
var translated = map[netip.Prefix]int{
	netip.MustParsePrefix("64:ff9b::/96"): 96, // NAT64, RFC 6052
	netip.MustParsePrefix("2002::/16"):    16, // 6to4, RFC 3056
}

func prefixes(list ...string) (out []netip.Prefix) {
	for _, text := range list {
		out = append(out, netip.MustParsePrefix(text))
	}
	return out
}

// Public tells whether an address is one of the public Internet. An IPv6
// address that stands for an IPv4 one is judged as that.
func Public(ip netip.Addr) bool {
	ip = ip.Unmap().WithZone("")
	if !ip.IsValid() || !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return false // loopback, multicast, link-local (169.254.169.254), unspecified; RFC 1918, RFC 4193
	}
	for _, network := range reserved {
		if network.Contains(ip) {
			return false
		}
	}
	for network, bit := range translated {
		if network.Contains(ip) {
			raw := ip.As16()
			return Public(netip.AddrFrom4([4]byte(raw[bit/8 : bit/8+4])))
		}
	}
	return true
}

// ParseNetworks reads addresses and networks in CIDR form, as an operator
// writes them.
func ParseNetworks(list []string) (out []netip.Prefix, err error) {
	for _, text := range list {
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		if ip, err := netip.ParseAddr(text); err == nil {
			ip = ip.Unmap().WithZone("")
			out = append(out, netip.PrefixFrom(ip, ip.BitLen()))
			continue
		}
		network, err := netip.ParsePrefix(text)
		if err != nil || network.Addr().Is4In6() {
			return nil, fmt.Errorf("%q is no address and no network such as 10.0.0.0/8", text)
		}
		out = append(out, network.Masked())
	}
	return out, nil
}

// CheckURL tells what is wrong with an address as far as its text says: what
// its name leads to is judged when it is called.
func CheckURL(text string) error {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "" || u.Opaque != "":
		return errors.New("no complete address such as https://example.org/hook")
	case u.Scheme != "https" && u.Scheme != "http":
		return errors.New("neither https nor http")
	case u.User != nil:
		return errors.New("a name or password in the address is not kept secret")
	case u.Fragment != "":
		return errors.New("what stands behind # is never sent")
	}
	return nil
}
