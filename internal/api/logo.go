package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/thumbnail"
)

// logoSide is the longer side of a logo in pixels: twice what a signature shows.
const logoSide = 512

// uploadLogo takes the logo of a shop that is being set up. Its name is the
// answer's token, which goes into POST /setup/shop.
func (s *Server) uploadLogo(w http.ResponseWriter, r *http.Request) error {
	_, content, err := uploaded(w, r, maxLogo)
	if err != nil {
		return err
	}
	logo, kind, err := s.drawLogo(r.Context(), content)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, map[string]any{"token": logo, "type": kind})
}

// drawLogo keeps a logo drawn anew, since it goes to every customer: nothing
// that hid in the file comes along.
func (s *Server) drawLogo(ctx context.Context, content []byte) (logo blob.Hash, kind string, err error) {
	switch thumbnail.Type(content) {
	case "image/png", "image/jpeg", "image/gif", "image/webp":
	default:
		return "", "", fault.Wrong("logo", "The logo must be a PNG, JPEG, GIF or WebP image.")
	}
	p, err := thumbnail.Make(ctx, content, logoSide, thumbnail.PNG)
	if errors.Is(err, thumbnail.ErrTooLarge) || errors.Is(err, thumbnail.ErrDamaged) {
		return "", "", fault.Wrong("logo", "This image can't be read; save it anew as a PNG and try again.")
	}
	if err != nil {
		return "", "", err
	}
	hashes, err := s.Blobs.Put(ctx, p.Content)
	if err != nil {
		return "", "", err
	}
	return hashes[0], p.Type, nil
}

// shopLogo shows the caller's shop's logo.
func (s *Server) shopLogo(w http.ResponseWriter, r *http.Request) error {
	var sh shop.Shop
	err := s.DB.Read(r.Context(), func(tx *store.Tx) (err error) {
		sh, err = s.Shops.Get(tx, actor(r.Context()).Shop)
		return err
	})
	if err != nil {
		return err
	}
	if sh.Logo == "" {
		return fault.Missing("logo")
	}
	return s.serve(w, r, served{blob: blob.Hash(sh.Logo), kind: sh.LogoType, policy: sealed})
}
