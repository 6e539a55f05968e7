package api

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/safehttp"
)

// Proxies are the addresses of the web servers before this desk. What they say
// about who sends a request is believed; nobody else's word is, since anybody
// can write a header. None is trusted by itself, not even loopback.
type Proxies []netip.Prefix

// ParseProxies reads addresses ("127.0.0.1", "::1") and networks in CIDR form
// ("10.0.0.0/8"). Empty entries are left out.
func ParseProxies(list []string) (Proxies, error) {
	networks, err := safehttp.ParseNetworks(list)
	if err != nil {
		return nil, fmt.Errorf("trusted proxy %w", err)
	}
	return networks, nil
}

func (p Proxies) trust(ip netip.Addr) bool {
	for _, network := range p {
		if network.Contains(ip) {
			return true
		}
	}
	return false
}

// origin is where a request comes from.
type origin struct {
	remote string // address of the browser, or of what stands for it
	secure bool   // the browser speaks TLS
	local  bool   // from this machine itself, through nothing
	// unheard: the peer gave its word although nobody trusts it.
	unheard bool
}

// originOf tells a request's origin. Only a trusted peer's X-Forwarded-For and
// X-Forwarded-Proto count. A request through a trusted proxy is never local,
// whatever it says: behind it everybody comes from this machine.
func (p Proxies) originOf(r *http.Request) origin {
	out := origin{secure: r.TLS != nil}
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return out
	}
	peer := from.Addr().Unmap().WithZone("")
	out.remote = peer.String()
	forwarded := r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("X-Forwarded-Proto") != "" || r.Header.Get("Forwarded") != ""
	if !p.trust(peer) {
		out.unheard = forwarded
		out.local = peer.IsLoopback() && isOwnName(r.Host) && !forwarded
		return out
	}
	out.remote = p.farthest(peer, r.Header.Values("X-Forwarded-For")).String()
	if proto := r.Header.Values("X-Forwarded-Proto"); len(proto) > 0 {
		said := proto[len(proto)-1]
		out.secure = out.secure || strings.EqualFold(strings.TrimSpace(said[strings.LastIndex(said, ",")+1:]), "https")
	}
	return out
}

// Remote is the address of the browser behind a request, or of what stands for
// it; "" when nobody can tell.
func (p Proxies) Remote(r *http.Request) string { return p.originOf(r).remote }

// farthest reads X-Forwarded-For from its right end, where each proxy adds whom
// it saw, up to the first address that is no proxy of ours: what stands left of
// that is the sender's own invention.
func (p Proxies) farthest(peer netip.Addr, lines []string) netip.Addr {
	hops := strings.Split(strings.Join(lines, ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		ip, ok := hop(hops[i])
		if !ok {
			return peer
		}
		if peer = ip; !p.trust(ip) {
			return ip
		}
	}
	return peer
}

// hop reads one entry; some proxies add a port, and brackets with it.
func hop(text string) (netip.Addr, bool) {
	text = strings.TrimSpace(text)
	ip, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(text, "["), "]"))
	if err != nil {
		var at netip.AddrPort
		at, err = netip.ParseAddrPort(text)
		ip = at.Addr()
	}
	return ip.Unmap().WithZone(""), err == nil
}
