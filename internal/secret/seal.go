package secret

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// version is the first part of each sealed text: should the method ever change,
// old ones are still known for what they are.
const version = "v1."

// ErrUnseal says that a text was sealed with another key or for another
// context, or was tampered with.
var ErrUnseal = errors.New("cannot be unsealed: another key, another context, or damaged")

// Box seals and unseals with one key. It is safe for use by many goroutines.
type Box struct {
	aead cipher.AEAD
	key  []byte // for MAC alone
}

// keySize is that of AES-256.
const keySize = 32

// New makes a box of a key of 32 bytes.
func New(key []byte) (*Box, error) {
	if len(key) != keySize {
		return nil, fmt.Errorf("secret key: %d bytes, %d expected", len(key), keySize)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("secret key: %w", err)
	}
	// The 12 random bytes of each nonce are drawn by the AEAD itself. 2^32 texts
	// is the bound of SP 800-38D, 8.3; a desk seals a few hundred.
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("secret key: %w", err)
	}
	return &Box{aead: aead, key: slices.Clone(key)}, nil
}

// Seal makes plain unreadable. context names the place where it is kept, such
// as "mailbox.password"; Unseal needs the same. "" stays "", so that "no
// password" can be seen without the key.
func (b *Box) Seal(plain, context string) (string, error) {
	if plain == "" {
		return "", nil
	}
	sealed := b.aead.Seal(nil, nil, []byte(plain), []byte(context)) //nolint:gosec // this cipher draws its own nonce
	return version + base64.RawStdEncoding.EncodeToString(sealed), nil
}

// Unseal reads what Seal wrote for the same context; ErrUnseal otherwise.
func (b *Box) Unseal(sealed, context string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	text, ok := strings.CutPrefix(sealed, version)
	if !ok {
		return "", ErrUnseal
	}
	raw, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return "", ErrUnseal
	}
	plain, err := b.aead.Open(nil, nil, raw, []byte(context))
	if err != nil {
		return "", ErrUnseal
	}
	return string(plain), nil
}

// random is a fresh key.
func random() []byte {
	key := make([]byte, keySize)
	_, _ = rand.Read(key) // never fails (crypto/rand)
	return key
}
