// Package notify tells the shop's own people what they must know by mail: a
// way to sign in, a promise that is near, what was broken.
//
// It promises: one reminder per promise when it is near, one digest an hour of
// what broke, an alarm at once only for law, money and a second breach; nothing outside opening
// hours. It never writes to a customer.
package notify
