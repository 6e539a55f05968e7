package doctor

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strings"
)

// Resolver answers from the DNS; *net.Resolver is one.
type Resolver interface {
	LookupMX(ctx context.Context, name string) ([]*net.MX, error)
	LookupTXT(ctx context.Context, name string) ([]string, error)
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// absent tells "there is none" from "no answer came".
func absent(err error) bool {
	var dns *net.DNSError
	return errors.As(err, &dns) && dns.IsNotFound
}

// records are the TXT records of a name that begin with a version tag.
func records(ctx context.Context, r Resolver, name, version string) (list []string, err error) {
	all, err := r.LookupTXT(ctx, name)
	if err != nil && !absent(err) {
		return nil, err
	}
	for _, text := range all {
		rest, ok := strings.CutPrefix(strings.ToLower(text), version)
		if ok && (rest == "" || rest[0] == ' ' || rest[0] == ';') {
			list = append(list, text)
		}
	}
	return list, nil
}

// mostLookups is the bound on DNS questions in one evaluation (RFC 7208, 4.6.4).
const mostLookups = 10

// spf reads a domain's policy with all that it includes. Unlike a receiver it
// does not stop at the first match: the questions of the whole policy count.
type spf struct {
	resolver Resolver
	ips      []netip.Addr // of the server that mail is handed to

	lookups int
	covers  bool     // one of ips is allowed
	all     string   // what the policy says of everybody else: "-", "~", "?", "+" or ""
	names   []string // included policies
	broken  string   // an included domain without a policy (RFC 7208, 5.2: permerror)
	failed  error    // the DNS did not answer
}

func (s *spf) read(ctx context.Context, domain, record string, top bool) {
	redirect := ""
	for _, term := range strings.Fields(strings.ToLower(record))[1:] {
		if to, ok := strings.CutPrefix(term, "redirect="); ok {
			redirect = to
			continue
		}
		sign := "+"
		if strings.ContainsRune("+-~?", rune(term[0])) {
			sign, term = term[:1], term[1:]
		}
		if term == "all" {
			if top {
				s.all = sign
			}
			redirect = "" // RFC 7208, 6.1: with "all" it is ignored
			continue
		}
		s.mechanism(ctx, domain, sign, term)
	}
	if redirect != "" {
		s.policy(ctx, redirect, top)
	}
}

func (s *spf) mechanism(ctx context.Context, domain, sign, term string) {
	kind, value, _ := strings.Cut(term, ":")
	if value == "" {
		kind, _, _ = strings.Cut(kind, "/")
		value = domain
	}
	if strings.Contains(value, "%") { // a macro: it depends on each mail
		if kind != "ip4" && kind != "ip6" {
			s.lookups++
		}
		return
	}
	switch kind {
	case "include":
		s.policy(ctx, value, false)
	case "ip4", "ip6":
		s.allow(sign, func(ip netip.Addr) bool { return within(ip, value) })
	case "a", "mx":
		s.lookups++
		host, length, _ := strings.Cut(value, "/")
		s.hosts(ctx, kind, sign, host, length)
	case "exists", "ptr":
		s.lookups++
	}
}

func (s *spf) hosts(ctx context.Context, kind, sign, host, length string) {
	names := []string{host}
	if kind == "mx" {
		names = nil
		list, err := s.resolver.LookupMX(ctx, host)
		if err != nil && !absent(err) {
			s.failed = err
		}
		for _, mx := range list {
			names = append(names, mx.Host)
		}
	}
	for _, name := range names[:min(len(names), mostLookups)] {
		addresses, err := s.resolver.LookupNetIP(ctx, "ip", name)
		if err != nil && !absent(err) {
			s.failed = err
		}
		for _, a := range addresses {
			network := a.Unmap().String()
			if length != "" && a.Unmap().Is4() {
				network += "/" + strings.SplitN(length, "/", 2)[0]
			}
			s.allow(sign, func(ip netip.Addr) bool { return within(ip, network) })
		}
	}
}

func (s *spf) policy(ctx context.Context, domain string, top bool) {
	s.names = append(s.names, domain)
	if s.lookups++; s.lookups > mostLookups*2 { // a circle, or hopeless
		return
	}
	list, err := records(ctx, s.resolver, domain, "v=spf1")
	switch {
	case err != nil:
		s.failed = err
	case len(list) != 1:
		s.broken = domain
	default:
		s.read(ctx, domain, list[0], top)
	}
}

func (s *spf) allow(sign string, match func(netip.Addr) bool) {
	if sign == "+" && slices.ContainsFunc(s.ips, match) {
		s.covers = true
	}
}

func within(ip netip.Addr, network string) bool {
	if p, err := netip.ParsePrefix(network); err == nil {
		return p.Contains(ip.Unmap())
	}
	a, err := netip.ParseAddr(network)
	return err == nil && a.Unmap() == ip.Unmap()
}
