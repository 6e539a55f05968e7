package push_test

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/comptoir-desk/comptoir/internal/clock"
	"github.com/comptoir-desk/comptoir/internal/event"
	"github.com/comptoir-desk/comptoir/internal/fault"
	"github.com/comptoir-desk/comptoir/internal/id"
	"github.com/comptoir-desk/comptoir/internal/push"
	"github.com/comptoir-desk/comptoir/internal/secret"
	"github.com/comptoir-desk/comptoir/internal/shop"
	"github.com/comptoir-desk/comptoir/internal/store"
	"github.com/comptoir-desk/comptoir/internal/team"
	"github.com/comptoir-desk/comptoir/internal/testkit"
)

var (
	// The library signs with the machine's time beside ours: the signature must
	// not be over by then.
	now      = time.Now().UTC().Truncate(time.Second)
	loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// browser is a push service and the browser behind it, which reads what is sent
// to it as RFC 8291 says.
type browser struct {
	*httptest.Server

	key    *ecdh.PrivateKey
	auth   []byte
	mu     sync.Mutex
	answer func() (status int, retryAfter string)
	got    []push.Note
	header http.Header
	raw    []byte
}

func openBrowser(t *testing.T) *browser {
	t.Helper()
	b := &browser{key: must(ecdh.P256().GenerateKey(rand.Reader)), auth: make([]byte, 16), answer: func() (int, string) { return http.StatusCreated, "" }}
	_, _ = rand.Read(b.auth)
	b.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.header, b.raw = r.Header.Clone(), must(io.ReadAll(r.Body))
		var n push.Note
		if err := json.Unmarshal(must(b.open(b.raw)), &n); err != nil {
			t.Errorf("what was sent is no note: %v", err)
		}
		b.got = append(b.got, n)
		status, after := b.answer()
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		w.WriteHeader(status)
	}))
	t.Cleanup(b.Close)
	return b
}

func (b *browser) subscription() push.Subscription {
	return push.Subscription{
		Endpoint: b.URL + "/push/abc",
		P256DH:   base64.RawURLEncoding.EncodeToString(b.key.PublicKey().Bytes()), Auth: base64.RawURLEncoding.EncodeToString(b.auth),
	}
}

// open decrypts a message (RFC 8188, 2; RFC 8291, 3.4), with nothing of the
// library that wrote it.
func (b *browser) open(raw []byte) ([]byte, error) {
	if len(raw) < 21 {
		return nil, errors.New("too short")
	}
	salt, size, idLen := raw[:16], binary.BigEndian.Uint32(raw[16:20]), int(raw[20])
	if len(raw) < 21+idLen {
		return nil, errors.New("too short")
	}
	sender, text := raw[21:21+idLen], raw[21+idLen:]
	if int(size) < len(text) {
		return nil, errors.New("more than one record")
	}
	their, err := ecdh.P256().NewPublicKey(sender)
	if err != nil {
		return nil, err
	}
	shared, err := b.key.ECDH(their)
	if err != nil {
		return nil, err
	}
	info := "WebPush: info\x00" + string(b.key.PublicKey().Bytes()) + string(sender)
	ikm := must(hkdf.Key(sha256.New, shared, b.auth, info, 32))
	cek := must(hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: aes128gcm\x00", 16))
	nonce := must(hkdf.Key(sha256.New, ikm, salt, "Content-Encoding: nonce\x00", 12))
	plain, err := must(cipher.NewGCM(must(aes.NewCipher(cek)))).Open(nil, nonce, text, nil)
	if err != nil {
		return nil, err
	}
	at := bytes.LastIndexByte(plain, 2) // the last record's delimiter, before the padding
	if at < 0 {
		return nil, errors.New("no delimiter")
	}
	return plain[:at], nil
}

// desk is Maison Lila with Véronica signed in on one device.
type desk struct {
	t        *testing.T
	db       *store.DB
	clock    *clock.Set
	box      *secret.Box
	team     *team.Service
	push     *push.Service
	shop     id.Shop
	veronica id.Person
}

func onEachStore(t *testing.T, tell func(d *desk)) {
	t.Helper()
	testkit.OnEachStore(t, func(t *testing.T, db *store.DB) {
		clk := clock.At(now)
		box := must(secret.New(make([]byte, 32)))
		log := event.NewLog(db, clk, nil)
		shops := shop.New(shop.Config{DB: db, Events: log, Clock: clk, Box: box})
		people := team.New(team.Config{DB: db, Events: log, Clock: clk, Box: box})
		d := &desk{t: t, db: db, clock: clk, box: box, team: people}
		d.push = push.New(push.Config{DB: db, Clock: clk, Box: box, URL: "https://desk.maison-lila.example", Allow: loopback})
		d.shop = must(shops.Create(t.Context(), shop.Creation{Input: shop.Input{Name: "Maison Lila", Language: "fr", Timezone: "Europe/Paris", Holidays: "FR"}}))
		d.veronica = must(people.Add(t.Context(), team.Console(d.shop), team.NewPerson{Name: "Véronica Lambert", Email: "veronica@maison-lila.example", Role: team.Owner}))
		tell(d)
	})
}

// signIn starts a session of Véronica's and returns it.
func (d *desk) signIn(label string) (session id.Session, token string) {
	d.t.Helper()
	err := d.db.InTx(d.t.Context(), func(tx *store.Tx) (err error) {
		token, err = d.team.StartSession(tx, d.veronica, d.shop, label)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	_, s, err := d.team.Authenticate(d.t.Context(), token)
	if err != nil {
		d.t.Fatal(err)
	}
	return s.ID, token
}

func (d *desk) devices() (list []push.Device) {
	d.t.Helper()
	err := d.db.Read(d.t.Context(), func(tx *store.Tx) (err error) {
		list, err = d.push.Devices(tx, d.veronica)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return list
}

// subscribed is Véronica's phone, which rings.
func (d *desk) subscribed(b *browser) push.Device {
	d.t.Helper()
	must(d.push.EnsureKey(d.t.Context()))
	session, _ := d.signIn("Chrome, Android")
	must(d.push.Subscribe(d.t.Context(), d.veronica, session, b.subscription()))
	return d.devices()[0]
}

var note = push.Note{Title: "À tenir bientôt : dossier n° 20418", Body: "Avant 10 h 30.", Path: "/owed/20418", Tag: "promise-7", Lang: "fr"}

func TestOnlyTheBrowserReadsWhatItIsSentAndItsServiceKnowsWhoSends(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(d *desk) {
		b := openBrowser(d.t)
		device := d.subscribed(b)
		got, err := d.push.Send(d.t.Context(), device, note)
		if err != nil || got.Outcome != push.Taken || got.Status != http.StatusCreated {
			d.t.Fatalf("%+v, %v", got, err)
		}
		if len(b.got) != 1 || b.got[0] != note {
			d.t.Errorf("the browser reads %+v", b.got)
		}
		if bytes.Contains(b.raw, []byte("20418")) {
			d.t.Error("the service could read what it passed on")
		}
		if b.header.Get("Content-Encoding") != "aes128gcm" || b.header.Get("TTL") != "14400" {
			d.t.Errorf("header %v", b.header)
		}
		d.verify(b)
		if after := d.devices()[0]; after.SentAt.IsZero() || after.Problem != "" {
			d.t.Errorf("noted %+v", after)
		}
	})
}

// verify checks the sender's signature (RFC 8292) with the published key.
func (d *desk) verify(b *browser) {
	d.t.Helper()
	scheme, rest, _ := strings.Cut(b.header.Get("Authorization"), " ")
	params := map[string]string{}
	for part := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		params[name] = value
	}
	if scheme != "vapid" || params["k"] != must(d.push.EnsureKey(d.t.Context())) {
		d.t.Fatalf("Authorization %q", b.header.Get("Authorization"))
	}
	token := strings.Split(params["t"], ".")
	raw := must(base64.RawURLEncoding.DecodeString(params["k"]))
	key := must(ecdsa.ParseUncompressedPublicKey(elliptic.P256(), raw))
	hash := sha256.Sum256([]byte(token[0] + "." + token[1]))
	sig := must(base64.RawURLEncoding.DecodeString(token[2]))
	if !ecdsa.Verify(key, hash[:], new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:])) {
		d.t.Error("the signature is not the key's")
	}
	var claims struct {
		Aud, Sub string
		Exp      int64
	}
	if err := json.Unmarshal(must(base64.RawURLEncoding.DecodeString(token[1])), &claims); err != nil {
		d.t.Fatal(err)
	}
	if claims.Aud != b.URL || claims.Sub != "https://desk.maison-lila.example" || claims.Exp > now.Add(24*time.Hour).Unix() {
		d.t.Errorf("claims %+v", claims)
	}
}

func TestADeviceThatIsGoneIsForgotten(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusNotFound, http.StatusGone} {
		onEachStore(t, func(d *desk) {
			b := openBrowser(d.t)
			b.answer = func() (int, string) { return status, "" }
			got, err := d.push.Send(d.t.Context(), d.subscribed(b), note)
			if err != nil || got.Outcome != push.Gone {
				d.t.Fatalf("%+v, %v", got, err)
			}
			if left := d.devices(); len(left) != 0 {
				d.t.Errorf("%d devices are left", len(left))
			}
		})
	}
}

func TestWhatIsNotTakenSaysWhyAndWhetherToTryAgain(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(d *desk) {
		b := openBrowser(d.t)
		device := d.subscribed(b)
		for _, it := range []struct {
			status  int
			after   string
			outcome push.Outcome
			wait    time.Duration
			problem push.Problem
		}{
			{http.StatusTooManyRequests, "120", push.Later, 2 * time.Minute, push.Unreachable},
			{http.StatusServiceUnavailable, "soon", push.Later, 0, push.Unreachable},
			{http.StatusServiceUnavailable, "999999", push.Later, time.Hour, push.Unreachable},
			{http.StatusInternalServerError, "", push.Later, 0, push.Unreachable},
			{http.StatusForbidden, "", push.Denied, 0, push.Refused},
			{http.StatusMovedPermanently, "", push.Denied, 0, push.Refused},
		} {
			b.answer = func() (int, string) { return it.status, it.after }
			got, err := d.push.Send(d.t.Context(), device, note)
			if err != nil || got.Outcome != it.outcome || got.Wait != it.wait {
				d.t.Errorf("%d: %+v, %v", it.status, got, err)
			}
			if p := d.devices()[0].Problem; p != it.problem {
				d.t.Errorf("%d: problem %q", it.status, p)
			}
		}
		b.Close()
		if got, err := d.push.Send(d.t.Context(), device, note); err != nil || got.Outcome != push.Later || got.Status != 0 {
			d.t.Errorf("no answer: %+v, %v", got, err)
		}
	})
}

// An endpoint is the browser's word: it may name any address (SSRF).
func TestNoPushReachesInsideOurOwnNetwork(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(d *desk) {
		b := openBrowser(d.t)
		d.push = push.New(push.Config{DB: d.db, Clock: d.clock, Box: d.box, URL: "https://desk.maison-lila.example"})
		got, err := d.push.Send(d.t.Context(), d.subscribed(b), note)
		if err != nil || got.Outcome != push.Later || len(b.got) != 0 {
			d.t.Errorf("%+v, %v, %d reached it", got, err, len(b.got))
		}
	})
}

func TestADeviceEndsWithItsSession(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(d *desk) {
		b := openBrowser(d.t)
		session, token := d.signIn("Firefox, Linux")
		must(d.push.Subscribe(d.t.Context(), d.veronica, session, b.subscription()))
		again := must(d.push.Subscribe(d.t.Context(), d.veronica, session, b.subscription()))
		if list := d.devices(); len(list) != 1 || list[0].ID != again || list[0].Label != "Firefox, Linux" {
			d.t.Fatalf("devices %+v", list)
		}
		if err := d.team.SignOut(d.t.Context(), token); err != nil {
			d.t.Fatal(err)
		}
		if list := d.devices(); len(list) != 0 {
			d.t.Errorf("signed out, %d devices ring", len(list))
		}
		session, _ = d.signIn("Firefox, Linux")
		must(d.push.Subscribe(d.t.Context(), d.veronica, session, b.subscription()))
		d.clock.Advance(31 * 24 * time.Hour)
		if list := d.devices(); len(list) != 0 {
			d.t.Errorf("with the session over, %d devices ring", len(list))
		}
	})
}

func TestWhatABrowserGivesIsChecked(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(d *desk) {
		b := openBrowser(d.t)
		session, _ := d.signIn("Firefox, Linux")
		for place, change := range map[string]func(*push.Subscription){
			"endpoint": func(s *push.Subscription) { s.Endpoint = "file:///etc/passwd" },
			"p256dh":   func(s *push.Subscription) { s.P256DH = base64.RawURLEncoding.EncodeToString(make([]byte, 65)) },
			"auth":     func(s *push.Subscription) { s.Auth = "AAAA" },
		} {
			in := b.subscription()
			change(&in)
			_, err := d.push.Subscribe(d.t.Context(), d.veronica, session, in)
			var f *fault.Fault
			if !errors.As(err, &f) || f.Kind != fault.Invalid {
				d.t.Errorf("%s: %v", place, err)
			}
		}
		if len(d.devices()) != 0 {
			d.t.Error("something wrong was kept")
		}
	})
}

func TestTheKeyIsMadeOnceAndSealed(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(d *desk) {
		keys := make(chan string, 8)
		for range 8 {
			go func() { keys <- must(d.push.EnsureKey(d.t.Context())) }()
		}
		first := <-keys
		for range 7 {
			if other := <-keys; other != first {
				d.t.Errorf("two keys: %s and %s", first, other)
			}
		}
		var private string
		err := d.db.Read(d.t.Context(), func(tx *store.Tx) (err error) {
			private, err = store.One[string](tx, store.Dynamic(`select private_key from push_key`))
			return err
		})
		if err != nil || !strings.HasPrefix(private, "v1.") {
			d.t.Errorf("private key %q, %v", private, err)
		}
	})
}

// A backup that was restored without the installation's key: what was sealed
// with it is lost, and devices must ask anew.
func TestAKeyThatCannotBeReadIsReplaced(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(d *desk) {
		b := openBrowser(d.t)
		d.subscribed(b)
		before := must(d.push.EnsureKey(d.t.Context()))
		other := push.New(push.Config{DB: d.db, Clock: d.clock, Box: must(secret.New(bytes.Repeat([]byte{7}, 32))), Allow: loopback})
		after := must(other.EnsureKey(d.t.Context()))
		if before == after || len(d.devices()) != 0 {
			d.t.Errorf("before %s, after %s, %d devices", before, after, len(d.devices()))
		}
	})
}
