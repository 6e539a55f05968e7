// Package notify tells the shop's own people what they must know, by mail and on
// their devices: a way to sign in, a promise that is near, what was broken, who
// asks for them, and in the morning what is owed today.
//
// It promises: one reminder per promise when it is near, one digest an hour of
// what broke, an alarm at once only for law, money and a second breach; nothing
// outside opening hours, and no device rings outside its person's own, nor for
// what is no longer so when it would; the mail of a morning goes once a person
// and day, whatever node died meanwhile. It never writes to a customer, and a
// device is told no words that a customer or a colleague wrote.
package notify
