// Package effort tells whether work grows with its input as it should, by the
// time that it has on the processor: what else the machine does, and how fast
// it is, doesn't count. It is for tests of what strangers send.
package effort
