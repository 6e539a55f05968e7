// Package desk turns what comes in into conversations, and does what people do
// with a conversation apart from answering it.
//
// It promises: a customer's message is visible and owed an answer in the same
// transaction that appends it (I2); what is written is found by search from
// then on; a stranger never joins a conversation by
// naming one of its messages; the same message delivered twice is one message;
// what no customer wrote asks nobody for an answer. It never reads meaning
// (that is done by jobs), never sends anything, and never closes by silence.
package desk
