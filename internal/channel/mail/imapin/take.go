package imapin

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"

	"github.com/comptoir-desk/comptoir/internal/intake"
)

// chunk is how many mails one FETCH asks for.
const chunk = 500

// maxTries is how often a mail is tried before it is quarantined.
const maxTries = 3

// taking is one run of fetching and storing the mails of one folder: what the
// server sends next is read while the last batch is made durable.
type taking struct {
	s      *Service
	m      Mailbox
	b      *box
	f      intake.Folder
	mem    *memory
	left   int // mails that failed and will be tried again
	batch  []intake.Raw
	bytes  int
	stored progress
	out    chan []intake.Raw
	failed chan struct{} // closed when storing failed
	err    error         // of storing; read after failed or the end
}

// take fetches and stores the given UIDs, ascending, and moves the folder's
// position as far as everything is stored. left counts mails that failed this
// time. Other errors mean that the connection or our own storage broke.
func (s *Service) take(ctx context.Context, m Mailbox, b *box, f intake.Folder, uids []int64) (left int, err error) {
	t := &taking{
		s: s, m: m, b: b, f: f, mem: s.memoryOf(m.ID),
		stored: progress{wanted: uids, done: map[int64]bool{}},
		out:    make(chan []intake.Raw), failed: make(chan struct{}),
	}
	var storing sync.WaitGroup
	storing.Go(func() { t.store(ctx) })
	err = t.fetchAll(ctx, uids)
	_ = t.flush() // also after a break: what came whole need not come again
	close(t.out)
	storing.Wait()
	if t.err != nil {
		return t.left, troubled(CodeStore, "", t.err)
	}
	if err == nil {
		err = t.move(ctx)
	}
	return t.left, err
}

func (t *taking) fetchAll(ctx context.Context, uids []int64) error {
	for len(uids) > 0 && ctx.Err() == nil {
		part := uids[:min(chunk, len(uids))]
		uids = uids[len(part):]
		if err := t.fetchChunk(part); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// fetchChunk asks for the mails together; those that fail, or failed before,
// one by one.
func (t *taking) fetchChunk(uids []int64) error {
	var together imap.UIDSet
	missing := map[int64]bool{}
	for _, uid := range uids {
		missing[uid] = true
		if _, suspected := t.mem.of(t.key(uid)); !suspected {
			together.AddNum(imap.UID(uid))
		}
	}
	if len(together) > 0 {
		err := t.b.fetch(together, wholeMail, t.s.Limits.MailSize, func(mail fetched) error {
			if !mail.whole || !missing[mail.uid] {
				return nil
			}
			delete(missing, mail.uid)
			return t.add(mail, "")
		})
		if err != nil && !refused(err) {
			for uid := range missing { // the one that broke the connection is among them
				t.mem.suspect(t.key(uid))
			}
			return err
		}
	}
	for _, uid := range uids {
		if !missing[uid] {
			continue
		}
		if err := t.fetchAlone(uid); err != nil {
			return err
		}
	}
	return nil
}

// fetchAlone tries one mail. After maxTries what can be had of it goes into
// quarantine.
func (t *taking) fetchAlone(uid int64) error {
	k := t.key(uid)
	tries, _ := t.mem.of(k)
	if tries >= maxTries {
		return t.salvage(uid, tries)
	}
	t.mem.failed(k) // before the attempt: it may end the process's patience or the connection
	mail, gone, err := t.b.fetchOne(uid, wholeMail, t.s.Limits.MailSize)
	switch {
	case err == nil && gone:
		t.mem.settled(k)
		t.stored.mark(uid)
		return nil
	case err == nil:
		t.mem.settled(k)
		return t.add(mail, "")
	case !refused(err):
		return err
	case tries+1 >= maxTries:
		return t.salvage(uid, tries+1)
	default:
		t.left++
		return nil
	}
}

// salvage stores the header of a mail that cannot be fetched, or nothing of it
// when asking for the header broke the connection too.
func (t *taking) salvage(uid int64, tries int) error {
	k := t.key(uid)
	mail := fetched{uid: uid}
	if tries < maxTries+1 {
		t.mem.failed(k)
		header, gone, err := t.b.fetchOne(uid, headerOnly, partOfLarge)
		if err != nil && !refused(err) {
			return err
		}
		if gone {
			t.mem.settled(k)
			t.stored.mark(uid)
			return nil
		}
		if err == nil {
			mail = header
		}
	}
	t.mem.settled(k)
	return t.add(mail, ReasonUnfetchable)
}

func (t *taking) key(uid int64) mail { return mail{t.f.Name, t.f.UIDValidity, uid} }

func (t *taking) add(m fetched, reason string) error {
	if reason == "" && m.size > t.s.Limits.MailSize {
		reason = ReasonTooLarge + " " + strconv.FormatInt(m.size, 10)
	}
	t.batch = append(t.batch, intake.Raw{
		Shop: t.m.Shop, Mailbox: t.m.ID, Source: intake.SourceIMAP,
		Folder: t.f.Name, Role: t.f.Role, UIDValidity: t.f.UIDValidity, UID: m.uid,
		Content: m.content, ArrivedAt: m.internal.UTC(), Reason: reason,
		// An internal date has whole seconds (RFC 3501, 2.3.3): a mail that came in
		// the second in which somebody said "from now on" is owed.
		History: !m.internal.IsZero() && m.internal.Before(t.m.OwedSince.Truncate(time.Second)),
	})
	t.bytes += len(m.content)
	if len(t.batch) >= t.s.Limits.BatchMails || t.bytes >= t.s.Limits.BatchBytes {
		return t.flush()
	}
	return nil
}

// flush hands the batch to the storing side, and waits while that is busy with
// the one before: never more than two batches are in memory.
func (t *taking) flush() error {
	if len(t.batch) == 0 {
		return nil
	}
	select {
	case t.out <- t.batch:
		t.batch, t.bytes = nil, 0
		return nil
	case <-t.failed:
		return t.err
	}
}

// store makes batches durable, then moves the position (I1).
func (t *taking) store(ctx context.Context) {
	for batch := range t.out {
		if t.err = t.s.Intake.Store(ctx, batch); t.err == nil {
			var newest time.Time
			for i := range batch {
				t.stored.mark(batch[i].UID)
				if batch[i].ArrivedAt.After(newest) {
					newest = batch[i].ArrivedAt
				}
			}
			t.mem.looked(t.s.Clock.Now(), newest)
			t.err = t.move(ctx)
		}
		if t.err != nil {
			close(t.failed)
			return
		}
	}
}

func (t *taking) move(ctx context.Context) error {
	to := t.stored.upTo()
	if to <= t.f.Position {
		return nil
	}
	if err := t.s.Intake.MovePosition(ctx, t.f, to); err != nil {
		return err
	}
	t.f.Position = to
	return nil
}

// progress tells up to which UID everything wanted is stored.
type progress struct {
	mu     sync.Mutex
	wanted []int64 // ascending
	next   int     // index of the first one that is not done
	done   map[int64]bool
}

func (p *progress) mark(uid int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done[uid] = true
	for p.next < len(p.wanted) && p.done[p.wanted[p.next]] {
		delete(p.done, p.wanted[p.next])
		p.next++
	}
}

// upTo is 0 while not even the first is stored.
func (p *progress) upTo() int64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.next == 0 {
		return 0
	}
	return p.wanted[p.next-1]
}
