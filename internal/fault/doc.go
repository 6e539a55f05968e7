// Package fault gives errors a kind that edges turn into a status, a stable
// code that clients may test, and a sentence that is safe to show. The cause
// underneath is for the operator's log only.
package fault
