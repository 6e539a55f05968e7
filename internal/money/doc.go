// Package money is an amount of one currency in its minor units (cents), and how
// it is written: "49.90".
//
// It promises that no amount is ever a fraction of the smallest coin, that two
// currencies are never added, and that nothing overflows in silence. It never
// converts one currency into another and knows no rate.
package money
