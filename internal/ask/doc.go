// Package ask asks people whom the shop works with (warehouse, workshop,
// supplier, carrier) what nobody at the desk knows, and takes their answers in.
//
// It promises: a question leaves by mail through the one door (I3) with a link
// that needs no account; whoever is asked sees what the asker chose to show and
// nothing of the customer's file; what they answer, on the page or by mail,
// becomes an internal note of the conversation, never a customer's message, and
// is never acknowledged; an answer that was told to be received is stored (I1);
// the same answer twice is one note; the customer's own promise is untouched by
// all of it. A question is a promise owed to the shop: it stands in no figure of
// what the shop kept, and when its time passes they are reminded once.
//
// A link holds 256 random bits and is stored as a hash. It ends when the
// question is withdrawn, or a week after the first answer. Reading it changes
// nothing (I7).
//
// It never decides whom to ask, and never asks again by itself.
package ask
