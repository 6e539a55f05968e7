// Package render fills a saved answer with facts: {{customer.first_name}},
// {{greeting}}, {{hours}}, {{date "3 open_days"}}.
//
// It promises to be a pure function of body and facts; to put values in as text,
// so that a customer's name is never markup and never a variable; and to leave a
// variable that has neither value nor default standing as it is, where person
// and guard see it (P09). It guesses no civility: who hasn't said Madame or
// Monsieur is greeted by name.
//
// It never reads a clock, a store or the network.
package render
