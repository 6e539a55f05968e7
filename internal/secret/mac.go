package secret

import (
	"crypto/hmac"
	"crypto/sha256"
)

// MAC signs a message that everybody may read but nobody else may make, by
// HMAC-SHA-256 (RFC 2104). context names what the message is for: a signature of
// one context is none in another, and tells nothing of the key that seals.
func (b *Box) MAC(message []byte, context string) []byte {
	key := hmac.New(sha256.New, b.key)
	key.Write([]byte("mac:" + context))
	mac := hmac.New(sha256.New, key.Sum(nil))
	mac.Write(message)
	return mac.Sum(nil)
}
