package api

import (
	"container/list"
	"context"
	"errors"
	"net/http"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/thumbnail"
)

// maxPicture is the largest file of which a small picture is made.
const maxPicture = 40 << 20

// largeSide fills a screen: for kinds of pictures that no browser draws.
const largeSide = 1600

// thumbnail shows a small picture of an attachment, with ?large=1 one that
// fills a screen. It is drawn when it is asked for and kept in memory a while;
// nothing is written (I7).
func (s *Server) thumbnail(w http.ResponseWriter, r *http.Request) error {
	a, err := s.attachment(r)
	if err != nil {
		return err
	}
	side := thumbnail.Side
	if r.FormValue("large") == "1" {
		side = largeSide
	}
	tag := `"` + string(a.Blob) + "-" + strconv.Itoa(side) + `"`
	if r.Header.Get("If-None-Match") == tag {
		w.Header().Set("ETag", tag)
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	p, err := s.small(r.Context(), picture{hash: a.Blob, size: a.Size}, side)
	if cannotDraw(err) {
		return fault.New(fault.NotFound, "no_thumbnail", "No small picture can be made of this file.")
	}
	if err != nil {
		return err
	}
	served{kind: p.Type, policy: sealed, cache: "max-age=3600"}.head(w.Header())
	w.Header().Set("ETag", tag)
	_, _ = w.Write(p.Content)
	return nil
}

func cannotDraw(err error) bool {
	return errors.Is(err, thumbnail.ErrUnsupported) || errors.Is(err, thumbnail.ErrTooLarge) || errors.Is(err, thumbnail.ErrDamaged)
}

// picture is one to be drawn small: a blob, or its content when that is at hand.
type picture struct {
	hash    blob.Hash
	size    int64
	content []byte
}

// small draws a picture, once for all who ask at the same time.
func (s *Server) small(ctx context.Context, of picture, side int) (thumbnail.Picture, error) {
	if of.size > maxPicture || len(of.content) > maxPicture {
		return thumbnail.Picture{}, thumbnail.ErrTooLarge
	}
	key := string(of.hash) + "-" + strconv.Itoa(side)
	if known, found := s.pictures.get(key); found {
		return known.picture, known.err
	}
	// The one who asked first may leave; the others still wait.
	drawing := s.pictures.drawing.DoChan(key, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), maxWait)
		defer cancel()
		p, err := s.draw(ctx, of, side)
		if err == nil || cannotDraw(err) {
			s.pictures.put(drawn{key: key, picture: p, err: err})
		}
		return p, err
	})
	select {
	case <-ctx.Done():
		return thumbnail.Picture{}, ctx.Err()
	case got := <-drawing:
		p, _ := got.Val.(thumbnail.Picture)
		return p, got.Err
	}
}

func (s *Server) draw(ctx context.Context, of picture, side int) (p thumbnail.Picture, err error) {
	if of.content == nil {
		if of.content, err = blob.ReadAll(ctx, s.Blobs, of.hash); err != nil {
			return p, err
		}
	}
	return thumbnail.Make(ctx, of.content, side, thumbnail.Auto)
}

// maxWait is how long a picture may wait for its turn and be drawn.
const maxWait = time.Minute

// maxKept bounds the memory for small pictures, in bytes: a few hundred.
const maxKept = 8 << 20

// drawn is a small picture, or why there is none.
type drawn struct {
	key     string
	picture thumbnail.Picture
	err     error
}

func (d drawn) size() int { return len(d.key) + len(d.picture.Content) + 200 }

// pictures keeps the small pictures that were asked for last. They are named by
// what they show, so none is ever stale. Its zero value is empty.
type pictures struct {
	drawing singleflight.Group

	mu    sync.Mutex
	byKey map[string]*list.Element
	order list.List // of drawn, the last used first
	bytes int
}

func (p *pictures) get(key string) (drawn, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	e, found := p.byKey[key]
	if !found {
		return drawn{}, false
	}
	p.order.MoveToFront(e)
	return e.Value.(drawn), true //nolint:errcheck,forcetypeassert // only put stores here
}

func (p *pictures) put(d drawn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.byKey == nil {
		p.byKey = map[string]*list.Element{}
	}
	if _, known := p.byKey[d.key]; known || d.size() > maxKept {
		return
	}
	p.byKey[d.key] = p.order.PushFront(d)
	p.bytes += d.size()
	for p.bytes > maxKept {
		oldest := p.order.Back()
		gone := p.order.Remove(oldest).(drawn) //nolint:errcheck,forcetypeassert // only put stores here
		delete(p.byKey, gone.key)
		p.bytes -= gone.size()
	}
}
