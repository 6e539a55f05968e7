package app

import (
	"context"
	"net/http"

	"github.com/comptoir-desk/comptoir/internal/safehttp"
)

// pages asks only public addresses: whoever writes a saved answer must not look
// into the network around us.
var pages = safehttp.New(safehttp.Config{Redirects: 5})

// askPage tells the status of a page. Some servers refuse HEAD, so it is a GET
// of which nearly nothing is read.
func askPage(ctx context.Context, link string) (int, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, link, nil)
	if err != nil {
		return 0, err
	}
	r.Header.Set("User-Agent", "Comptoir (link check)")
	answer, err := pages.Do(r, 1)
	return answer.Status, err
}
