package api

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
)

// ForbiddenWords are words that the shop doesn't write.
type ForbiddenWords struct {
	Words string `json:"words" maxLength:"500"`
	Stops bool   `json:"stops" required:"false" doc:"An answer with them leaves with a reason only; else they are a warning"`
}

// PreferredWords are words for which the shop has its own.
type PreferredWords struct {
	Words   string `json:"words" maxLength:"500"`
	Instead string `json:"instead" maxLength:"500"`
}

// ShopWords are both lists.
type ShopWords struct {
	Forbidden []ForbiddenWords `json:"forbidden" nullable:"false" maxItems:"200"`
	Preferred []PreferredWords `json:"preferred" nullable:"false" maxItems:"200"`
}

type wordsOut struct{ Body ShopWords }

func (s *Server) words(ctx context.Context, _ *struct{}) (*wordsOut, error) {
	out := &wordsOut{ShopWords{Forbidden: []ForbiddenWords{}, Preferred: []PreferredWords{}}}
	err := s.DB.Read(ctx, func(tx *store.Tx) error {
		list, err := s.Shops.Words(tx, actor(ctx).Shop)
		for _, w := range list {
			if w.Instead == "" {
				out.Body.Forbidden = append(out.Body.Forbidden, ForbiddenWords{w.Words, w.Stops})
			} else {
				out.Body.Preferred = append(out.Body.Preferred, PreferredWords{w.Words, w.Instead})
			}
		}
		return err
	})
	return out, err
}

type saveWordsIn struct{ Body ShopWords }

func (s *Server) saveWords(ctx context.Context, in *saveWordsIn) (*wordsOut, error) {
	var list []shop.Words
	for _, w := range in.Body.Forbidden {
		list = append(list, shop.Words{Words: w.Words, Stops: w.Stops})
	}
	for i, w := range in.Body.Preferred {
		if strings.TrimSpace(w.Instead) == "" { // else these words would be forbidden
			return nil, fault.Wrong(fmt.Sprintf("preferred[%d]", i), "Say what the shop writes in place of these words.")
		}
		list = append(list, shop.Words{Words: w.Words, Instead: w.Instead})
	}
	if err := s.Shops.SaveWords(ctx, actor(ctx).Person, actor(ctx).Shop, list); err != nil {
		var f *fault.Fault
		var at int
		if errors.As(err, &f) {
			if _, scanned := fmt.Sscanf(f.Field, "words[%d]", &at); scanned == nil {
				name, before := "forbidden", 0
				if at >= len(in.Body.Forbidden) {
					name, before = "preferred", len(in.Body.Forbidden)
				}
				err = called(fmt.Sprintf("%s[%d]", name, at-before), err)
			}
		}
		return nil, err
	}
	return s.words(ctx, nil)
}
