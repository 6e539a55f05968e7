// Package team keeps the people who answer: who they are, what they may do in
// which shop, how they sign in, and who stands in for whom.
//
// It promises: a password is never stored, only its argon2id hash; a code, a
// reset and an invitation work once; guesses are slowed down per person and per
// address, and an unknown e-mail address cannot be told from a known one; a shop
// always keeps an owner; nothing is ever in the charge of somebody absent or
// gone.
//
// It never sends mail (Config.Mailer does) and never reads what customers write.
package team
