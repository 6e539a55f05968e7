package imapin

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// partOfLarge is how much of a mail over the limit is kept for a person to see.
const partOfLarge = 1 << 20

// Reasons of quarantine that this package gives.
const (
	ReasonTooLarge    = "too_large"   // with its size; the first megabyte is kept
	ReasonUnfetchable = "unfetchable" // the header is kept, or nothing
)

// fetched is one mail as the server gave it.
type fetched struct {
	uid      int64
	internal time.Time
	content  []byte
	whole    bool  // content was answered, maybe empty
	size     int64 // of the mail, also when content is cut
}

var (
	wholeMail  = &imap.FetchItemBodySection{Peek: true}
	headerOnly = &imap.FetchItemBodySection{Specifier: imap.PartSpecifierHeader, Peek: true}
)

// fetch asks for mails and hands them over one by one, as they come, in
// whatever order they come. What the server leaves out it leaves out silently.
func (b *box) fetch(set imap.NumSet, section *imap.FetchItemBodySection, limit int64, yield func(fetched) error) error {
	cmd := b.c.Fetch(set, &imap.FetchOptions{UID: true, InternalDate: true, BodySection: []*imap.FetchItemBodySection{section}})
	for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
		mail, err := readMail(msg, limit)
		if err == nil {
			err = yield(mail)
		}
		if err != nil {
			// The rest of the answer may be long; without it the connection
			// is of no more use.
			_ = b.conn.Close()
			_ = cmd.Close()
			return err
		}
	}
	if err := cmd.Close(); err != nil {
		return fmt.Errorf("fetch: %w", err)
	}
	return nil
}

func readMail(msg *imapclient.FetchMessageData, limit int64) (fetched, error) {
	var mail fetched
	for item := msg.Next(); item != nil; item = msg.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			mail.uid = int64(item.UID)
		case imapclient.FetchItemDataInternalDate:
			mail.internal = item.Time
		case imapclient.FetchItemDataBodySection:
			if item.Literal == nil { // NIL: the server has a mail but no bytes
				continue
			}
			mail.size = item.Literal.Size()
			keep := mail.size
			if keep > limit {
				keep = min(partOfLarge, limit)
			}
			mail.content = make([]byte, keep)
			if _, err := io.ReadFull(item.Literal, mail.content); err != nil {
				return mail, fmt.Errorf("read mail: %w", err)
			}
			mail.whole = true
		}
	}
	return mail, nil
}

// fetchOne asks for a single mail by its number in the folder: a server that
// gives the UID behind the bytes, which go-imap cannot match, is understood in
// this way too. gone says that the mail is no longer there.
func (b *box) fetchOne(uid int64, section *imap.FetchItemBodySection, limit int64) (mail fetched, gone bool, err error) {
	numbers, err := b.c.Search(&imap.SearchCriteria{UID: []imap.UIDSet{rangeOf(uid, uid)}}, nil).Wait()
	if err != nil {
		return mail, false, fmt.Errorf("search: %w", err)
	}
	seqs := numbers.AllSeqNums()
	if len(seqs) == 0 {
		return mail, true, nil
	}
	found := false
	err = b.fetch(imap.SeqSetNum(seqs[0]), section, limit, func(m fetched) error {
		if m.uid == uid && m.whole {
			mail, found = m, true
		}
		return nil
	})
	if err == nil && !found {
		err = errNotGiven
	}
	return mail, false, err
}

var errNotGiven = errors.New("the server gave no content")

// refused tells a server's "no" to one command, after which the connection
// goes on, from a connection that broke.
func refused(err error) bool {
	var answer *imap.Error
	return errors.Is(err, errNotGiven) || errors.As(err, &answer) && answer.Type != imap.StatusResponseTypeBye
}
