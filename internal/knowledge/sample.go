package knowledge

import (
	"time"

	"github.com/comptoir-desk/comptoir/internal/calendar"
	"github.com/comptoir-desk/comptoir/internal/knowledge/render"
	"github.com/comptoir-desk/comptoir/internal/mime/sanitise"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
)

// Sample shows how a text reads with a made-up customer and order beside the
// shop's own facts, for who writes it. What is still a hole then is no variable
// that anything stands for.
func (s *Service) Sample(tx *store.Tx, by team.Actor, language, html string) (Rendered, error) {
	f, err := s.facts(tx, by, language, About{Received: s.now().Add(-20 * time.Hour)})
	if err != nil {
		return Rendered{}, err
	}
	f.Customer = render.Customer{Name: "Camille Renaud", Email: "camille.renaud@example.org", Phone: "06 12 34 56 78"}
	f.More = sampleOrder(calendar.DateOf(f.Now.In(f.Hours.Location)))
	return fill(map[string]string{f.Lang: sanitise.Fragment(html)}, f), nil
}

// sampleOrder is an order as later parts of the desk will tell of one.
func sampleOrder(today calendar.Date) map[string]render.Value {
	day := func(n int) render.Value { return render.Day(today.AddDays(n)) }
	return map[string]render.Value{
		"order.number": render.Words("20418"), "order.date": day(-9), "order.total": render.Money(12_800, "EUR"),
		"order.shipped_on": day(-5), "order.ships_on": day(1), "order.delivered_on": day(-1), "order.delivery_date": day(2),
		"order.carrier": render.Words("Colissimo"), "order.tracking_number": render.Words("8R00420418FR"),
		"order.tracking_url": render.Words("https://example.org/suivi/8R00420418FR"),
		"order.address":      render.Words("Camille Renaud\n3 rue du Puits\n67000 Strasbourg"),
		"product.name":       render.Words("Bague Lila"), "product.material": render.Words("argent 925"), "product.size": render.Words("54"),
		"product.available_on": day(12), "product.url": render.Words("https://example.org/bague-lila"),
		"refund.amount": render.Money(12_800, "EUR"), "refund.date": day(5), "refund.means": render.Words("carte bancaire"),
		"voucher.code": render.Words("MERCI-2041"), "voucher.amount": render.Money(1_000, "EUR"), "voucher.until": day(365),
		"call.time": render.Words("15:30"), "claim.wish": render.Words("un échange"), "claim.cause": render.Words("Le colis est parti deux fois."),
		"claim.remedy": render.Words("Un seul vous sera débité."), "claim.written_on": day(-3),
	}
}
