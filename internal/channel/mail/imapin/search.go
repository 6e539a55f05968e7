package imapin

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/emersion/go-imap/v2"

	"github.com/comptoir-desk/comptoir/internal/intake"
)

// examine opens a folder for reading, which changes nothing in it, not even
// \Recent (RFC 9051, 6.3.3).
func (b *box) examine(name string) (*imap.SelectData, error) {
	data, err := b.c.Select(name, &imap.SelectOptions{ReadOnly: true}).Wait()
	if err != nil {
		return nil, fmt.Errorf("examine folder: %w", err)
	}
	b.selected = name
	return data, nil
}

// maxUIDs bounds what a server may answer to a search.
const maxUIDs = 5_000_000

// wanted lists the UIDs above after that are to be taken in, ascending: from
// the baseline on all of them, below it those since the given day.
func (b *box) wanted(f intake.Folder, after int64, since time.Time) ([]int64, error) {
	var old []int64
	if after+1 < f.Baseline {
		criteria := &imap.SearchCriteria{Since: since, UID: []imap.UIDSet{rangeOf(after+1, f.Baseline-1)}}
		var err error
		if old, err = b.search(criteria, after+1, f.Baseline-1); err != nil {
			return nil, err
		}
	}
	from := max(after+1, f.Baseline, 1)
	fresh, err := b.search(&imap.SearchCriteria{UID: []imap.UIDSet{rangeOf(from, 0)}}, from, 1<<32-1)
	return append(old, fresh...), err
}

// rangeOf is from:to, with 0 for "*".
func rangeOf(from, to int64) imap.UIDSet {
	return imap.UIDSet{{Start: imap.UID(from), Stop: imap.UID(to)}}
}

// search keeps only what lies in the range: "n:*" always names the last mail,
// also when its UID is lower (RFC 9051, 9, seq-range).
func (b *box) search(criteria *imap.SearchCriteria, from, to int64) ([]int64, error) {
	var options *imap.SearchOptions
	if b.c.Caps().Has(imap.CapESearch) {
		options = &imap.SearchOptions{ReturnAll: true} // ranges instead of a number a mail
	}
	data, err := b.c.UIDSearch(criteria, options).Wait()
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	set, ok := data.All.(imap.UIDSet)
	if !ok && data.All != nil {
		return nil, errors.New("search: the answer holds no UIDs")
	}
	var uids []int64
	for _, r := range set {
		lo, hi := max(int64(r.Start), from), min(int64(r.Stop), to)
		if int64(len(uids))+hi-lo > maxUIDs {
			return nil, fmt.Errorf("search: more than %d mails", maxUIDs)
		}
		for uid := lo; uid <= hi; uid++ {
			uids = append(uids, uid)
		}
	}
	slices.Sort(uids)
	return slices.Compact(uids), nil
}

// without removes from the ascending list what the ascending list known holds.
func without(list, known []int64) []int64 {
	var rest []int64
	i := 0
	for _, uid := range list {
		for i < len(known) && known[i] < uid {
			i++
		}
		if i == len(known) || known[i] != uid {
			rest = append(rest, uid)
		}
	}
	return rest
}
