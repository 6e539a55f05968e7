// Package said reads the program's own source for what it says to people in
// the web app: sentences of faults, reasons why a mail is held, events of a
// conversation. The app has words for each in both languages; its tests read
// the list. A sentence that cannot be found in the source is an error, so that
// none can be forgotten.
package said
