package team

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"github.com/comptoir-desk/comptoir/internal/fault"
)

// cost is what one hash costs. 19 MiB, two passes, one lane: the smallest of the
// settings that OWASP's password storage cheat sheet holds for equal.
type cost struct {
	memory, passes uint32
	lanes          uint8
}

var usual = cost{memory: 19 * 1024, passes: 2, lanes: 1}

const (
	saltSize = 16
	hashSize = 32
	// A stored hash cannot make us spend more than this, whoever wrote it.
	maxMemory, maxPasses = 256 * 1024, 16
)

// hasher computes at most two hashes at once: more would be a way to take all of
// a small machine's memory by signing in.
type hasher struct {
	places chan struct{}
	decoy  string // hash of nobody's password, for addresses that are unknown
}

func newHasher() hasher {
	h := hasher{places: make(chan struct{}, 2)}
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt)                                // never fails (crypto/rand)
	h.decoy = format(usual, salt, make([]byte, hashSize)) // no password is known to give it
	return h
}

// enter waits for a place. The returned function gives it back.
func (h hasher) enter(ctx context.Context) (leave func(), err error) {
	select {
	case h.places <- struct{}{}:
		return func() { <-h.places }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// hash makes the text to store of a password.
func (h hasher) hash(ctx context.Context, password string) (string, error) {
	leave, err := h.enter(ctx)
	if err != nil {
		return "", err
	}
	defer leave()
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt) // never fails (crypto/rand)
	return format(usual, salt, usual.key(password, salt, hashSize)), nil
}

func (c cost) key(password string, salt []byte, size uint32) []byte {
	return argon2.IDKey([]byte(password), salt, c.passes, c.memory, c.lanes, size)
}

// format writes the PHC string: $argon2id$v=19$m=…,t=…,p=…$salt$hash.
func format(c cost, salt, key []byte) string {
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.passes, c.lanes,
		enc.EncodeToString(salt), enc.EncodeToString(key))
}

// matches computes the hash anew; the caller has a place. What is no hash of
// ours matches nothing.
func matches(stored, password string) bool {
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false
	}
	var version int
	var c cost
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.lanes); err != nil {
		return false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err1 != nil || err2 != nil || len(key) < 16 || len(key) > 64 || c.passes == 0 || c.lanes == 0 || c.memory > maxMemory || c.passes > maxPasses {
		return false
	}
	return subtle.ConstantTimeCompare(key, c.key(password, salt, uint32(len(key)))) == 1 //nolint:gosec // 16 to 64
}

const (
	minPassword = 10
	maxPassword = 200
)

// checkPassword refuses what is guessed first. Length counts, not the kinds of
// characters (NIST SP 800-63B, 3.1.1.2).
func checkPassword(field, password, email, name string) error {
	switch n := utf8.RuneCountInString(password); {
	case !utf8.ValidString(password) || strings.ContainsRune(password, 0):
		return fault.Wrong(field, "The password holds characters that cannot be typed.")
	case n < minPassword:
		return fault.Wrong(field, "The password needs at least 10 characters.")
	case n > maxPassword:
		return fault.Wrong(field, "The password may have at most 200 characters.")
	}
	lower := strings.ToLower(password)
	local, _, _ := strings.Cut(email, "@")
	switch {
	case lower == email, lower == strings.ToLower(name), lower == local,
		strings.Trim(lower, string([]rune(lower)[:1])) == "",
		strings.Contains("01234567890123456789", lower), strings.Contains("98765432109876543210", lower),
		guessedFirst[lower]:
		return fault.Wrong(field, "This password is among the first that would be guessed.")
	}
	return nil
}

var guessedFirst = map[string]bool{
	"motdepasse": true, "motdepasse1": true, "motdepasse123": true, "password123": true, "passwordpassword": true,
	"azertyuiop": true, "qwertyuiop": true, "azertyuiop123": true, "1q2w3e4r5t": true, "bonjour123": true, "comptoir123": true,
}
