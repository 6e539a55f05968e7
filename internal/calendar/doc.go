// Package calendar counts opening time: opening hours in any IANA time zone,
// French public holidays, closings, and the delays that a shop promises.
//
// It promises that counting is exact on the two days of the year when clocks
// change, that a later start is never due earlier, and that Elapsed undoes Add.
// The hour that summer time skips counts nothing, the hour that winter repeats
// counts twice.
//
// It never reads a clock, a file or the machine's own time zone: instants come
// in as arguments, and the zone database is built in. It knows nothing of legal
// periods, which run on closed days too.
package calendar
