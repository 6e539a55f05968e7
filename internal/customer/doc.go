// Package customer keeps one file per customer, whatever the channel (P17).
//
// It promises: an address or phone number belongs to one customer of a shop at
// a time, and writing to the shop finds that file or opens one. It never joins
// two people because their names look alike.
package customer
