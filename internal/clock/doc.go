// Package clock is the only place that reads the machine's time. Everything
// else is given a Clock, so that tests tell stories about Monday morning
// without waiting for it, and so that no due time hangs on a hidden read.
package clock
