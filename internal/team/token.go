package team

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// newToken is 32 random bytes in the alphabet of URLs.
func newToken() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// digest is what is stored of a token. It has 256 bits of its own, so a plain
// hash is enough: a copy of the table signs nobody in.
func digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// newRecoveryCode is 80 random bits, "abcd-efgh-jklm-nopq": too many to be
// guessed from their hash.
func newRecoveryCode() string {
	var b [10]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	text := strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
	return text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:]
}

// plainCode is a code without what people put in when they type it.
func plainCode(code string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "-", "", "\u00a0", "").Replace(strings.TrimSpace(code)))
}
