package api

import (
	"errors"
	"net/http"

	"github.com/comptoir-desk/comptoir/internal/desk"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// SharedFiles is where customers fetch what was too large for a mail.
const SharedFiles = "/files/"

// sharedFile hands out what a signed address names, to whoever has it: always to
// be saved, since it comes from the desk's own address (I8). Reading it changes
// nothing, and robots that follow links count for nothing (I7).
func (s *Server) sharedFile(w http.ResponseWriter, r *http.Request) error {
	shop, file, ok := s.Reply.Links.Read(r.PathValue("token"), s.Clock.Now())
	if !ok {
		return fault.Missing("file")
	}
	var found desk.Attachment
	err := s.DB.Read(r.Context(), func(tx *store.Tx) (err error) {
		found, err = desk.SentFile(tx, shop, file)
		return err
	})
	if errors.Is(err, store.ErrNone) { // erased since
		return fault.Missing("file")
	}
	if err != nil {
		return err
	}
	w.Header().Set("X-Robots-Tag", "noindex")
	w.Header().Set("Referrer-Policy", "no-referrer")
	return s.serve(w, r, asDownload(found))
}
