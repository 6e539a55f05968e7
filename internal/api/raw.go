package api

import (
	"bytes"
	"errors"
	"net/http"

	"github.com/comptoir-desk/comptoir/internal/blob"
	"github.com/comptoir-desk/comptoir/internal/delivery"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/intake"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

const wholeMail = "message/rfc822"

// rawMessage hands out a mail as it came in or left. What never was a mail has
// none.
func (s *Server) rawMessage(w http.ResponseWriter, r *http.Request) error {
	m, err := s.message(r)
	if err != nil {
		return err
	}
	if m.Raw == "" {
		return fault.Missing("mail of this message")
	}
	return s.serve(w, r, served{blob: m.Raw, name: "message-" + m.ID.String() + ".eml", kind: wholeMail, policy: sealed})
}

// rawItem shows what lies in quarantine as text: whatever the bytes are, they
// are only read.
func (s *Server) rawItem(w http.ResponseWriter, r *http.Request) error {
	var wanted id.Item
	if err := pathID(r, &wanted, "item"); err != nil {
		return err
	}
	var it intake.Item
	err := s.DB.Read(r.Context(), func(tx *store.Tx) (err error) {
		it, err = intake.Load(tx, wanted)
		return err
	})
	quarantined := it.State == intake.StateQuarantined || it.State == intake.StateSetAside
	if errors.Is(err, intake.ErrNoItem) || err == nil && (it.Shop != actor(r.Context()).Shop || !quarantined) {
		return fault.Missing("item")
	}
	if err != nil {
		return err
	}
	raw, err := blob.ReadAll(r.Context(), s.Blobs, it.Blob)
	if err != nil {
		return err
	}
	served{kind: "text/plain; charset=utf-8", policy: sealed}.head(w.Header())
	_, _ = w.Write(bytes.ReplaceAll(bytes.ToValidUTF8(raw, []byte("\ufffd")), []byte{0}, []byte("\ufffd")))
	return nil
}

// rawDelivery hands out a mail of ours as it leaves. The program's own mails
// hold links that open an account; only who may open accounts reads them.
func (s *Server) rawDelivery(w http.ResponseWriter, r *http.Request) error {
	var wanted id.Delivery
	if err := pathID(r, &wanted, "delivery"); err != nil {
		return err
	}
	by := actor(r.Context())
	var d delivery.Delivery
	err := s.DB.Read(r.Context(), func(tx *store.Tx) (err error) {
		d, err = delivery.Get(tx, wanted)
		return err
	})
	if errors.Is(err, store.ErrNone) || err == nil && d.Shop != by.Shop {
		return fault.Missing("delivery")
	}
	if err != nil {
		return err
	}
	if d.Kind == delivery.System {
		if err := by.Need(team.SettingsPeople); err != nil {
			return err
		}
	}
	return s.serve(w, r, served{blob: d.Raw, name: "mail-" + d.ID.String() + ".eml", kind: wholeMail, policy: sealed})
}
