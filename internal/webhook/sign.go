package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"
)

// Sign gives the value of the header webhook-signature: one "v1,…" a secret, a
// space between. What is signed is "id.seconds.body" (Standard Webhooks 1.0,
// "Signature scheme").
func Sign(name string, at time.Time, body string, secrets ...string) string {
	signed := name + "." + strconv.FormatInt(at.Unix(), 10) + "." + body
	var all []string
	for _, s := range secrets {
		key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(s, secretPrefix))
		if err != nil {
			continue // no secret of ours
		}
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(signed))
		all = append(all, "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	}
	return strings.Join(all, " ")
}
