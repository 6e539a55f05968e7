// Package compose turns what we say into the bytes of a mail.
//
// It promises: the same Message gives the same bytes, for ever (I4: a second
// try sends what the first one sent); the bytes are 7-bit, in lines of at most
// 998 octets with CRLF, so that no relay has a reason to rewrite them and
// break the signature; nothing that a customer wrote (subject, name, file
// name, Message-ID) can add or end a header; Bcc is never written.
//
// It never reads a clock, a random source, a file or the network, never
// sanitises HTML (that is done before, the fragment is only balanced), and
// never sends.
//
// Why not a mail library: go-mail v0.8.1 takes one boundary for all levels or
// draws a random one for each, so nested multiparts can be deterministic or
// correct, not both; mime/multipart writes part headers unfolded. The MIME
// tree here is about a hundred lines over mime/quotedprintable. DKIM: go-msgauth
// v0.7.0 stamps t= from the machine's clock with no way to pass the time in, so
// the signature is made here (RFC 6376, RFC 8463) and verified by go-msgauth in
// the tests.
package compose
