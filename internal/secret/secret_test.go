package secret_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/comptoir-desk/comptoir/internal/secret"
)

const (
	hexKey = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
	b64Key = "ABEiM0RVZneImaq7zN3u/wARIjNEVWZ3iJmqu8zd7v8="
)

func box(t *testing.T, key string) *secret.Box {
	t.Helper()
	b, err := secret.Open(t.TempDir(), key)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWhatWasSealedOpensOnlyInItsPlace(t *testing.T) {
	t.Parallel()
	b := box(t, hexKey)
	sealed, err := b.Seal("émeraude-42", "mailbox.password")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(sealed, "meraude") {
		t.Fatalf("the password shows in %q", sealed)
	}
	again, _ := b.Seal("émeraude-42", "mailbox.password")
	if again == sealed {
		t.Error("the same password was sealed to the same text twice")
	}
	damaged := []byte(sealed)
	damaged[len(damaged)-3] ^= 1

	tests := []struct {
		name, sealed, context, want string
		box                         *secret.Box
		err                         error
	}{
		{name: "same key and context", box: b, sealed: sealed, context: "mailbox.password", want: "émeraude-42"},
		{name: "same key written in base64", box: box(t, b64Key), sealed: sealed, context: "mailbox.password", want: "émeraude-42"},
		{name: "moved to another column", box: b, sealed: sealed, context: "person.totp", err: secret.ErrUnseal},
		{name: "another key", box: box(t, strings.Repeat("ab", 32)), sealed: sealed, context: "mailbox.password", err: secret.ErrUnseal},
		{name: "damaged", box: b, sealed: string(damaged), context: "mailbox.password", err: secret.ErrUnseal},
		{name: "never sealed", box: b, sealed: "émeraude-42", context: "mailbox.password", err: secret.ErrUnseal},
		{name: "too short", box: b, sealed: "v1.AAAA", context: "mailbox.password", err: secret.ErrUnseal},
		{name: "no password", box: b, sealed: "", context: "mailbox.password", want: ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := tt.box.Unseal(tt.sealed, tt.context)
			if got != tt.want || !errors.Is(err, tt.err) {
				t.Errorf("Unseal = %q, %v; want %q, %v", got, err, tt.want, tt.err)
			}
		})
	}
}

func TestTheFirstStartWritesTheKeyAndLaterOnesReadIt(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	first, err := secret.Open(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, secret.KeyFile))
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o600 {
		t.Errorf("mode of the key = %o, want 600", mode)
	}
	left, _ := os.ReadDir(dir)
	if len(left) != 1 {
		t.Errorf("%d files beside the key", len(left)-1)
	}
	sealed, _ := first.Seal("secret", "x")
	second, err := secret.Open(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := second.Unseal(sealed, "x"); got != "secret" || err != nil {
		t.Errorf("after a restart: %q, %v", got, err)
	}
}

func TestStartsAtOnceShareOneKey(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	boxes := make([]*secret.Box, 8)
	var wg sync.WaitGroup
	for i := range boxes {
		wg.Go(func() {
			b, err := secret.Open(dir, "")
			if err != nil {
				t.Error(err)
			}
			boxes[i] = b
		})
	}
	wg.Wait()
	if t.Failed() {
		return
	}
	sealed, _ := boxes[0].Seal("secret", "x")
	for i, b := range boxes {
		if _, err := b.Unseal(sealed, "x"); err != nil {
			t.Errorf("start %d has another key", i)
		}
	}
}

func TestAWrongKeyIsRefused(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"short", hexKey[:62], b64Key + "AAAA", strings.Repeat("z", 64)} {
		if _, err := secret.Open(t.TempDir(), key); err == nil {
			t.Errorf("key %q was taken", key)
		} else if strings.Contains(err.Error(), key) {
			t.Errorf("the error tells the key: %v", err)
		}
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, secret.KeyFile), []byte("cut off\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := secret.Open(dir, ""); err == nil {
		t.Error("a damaged key file was replaced or taken")
	}
}
