// Package demo makes "Maison Lila", the French jewellery shop in which a
// newcomer looks around: customers, conversations and promises in every state.
//
// It promises: the same shop each time, told relative to the instant that it is
// given, so that at any moment of the week something is near, something is late
// and most is well; everything comes about by the operations of real life, on
// the story's own clock: mails pass the real intake, answers pass the guard and
// are delivered. It never writes a row past these operations (but the one of a
// rule of the guard that stepped back, for which a hundred answers would have to
// be told), never reads the machine's clock, and its mail never leaves the
// machine.
package demo
