// Package doctor looks at a desk and its surroundings and says, in French or in
// English, what is wrong and what to do about it.
//
// It promises: each finding is one of ok, warn and fail; what is not ok comes
// with an advice that a shop owner can follow; a check that cannot be made is
// said, never passed over.
//
// It never changes anything: it sends no mail, repairs nothing, and asks the
// network only for the DNS records of the sender's domain, through an interface.
package doctor
