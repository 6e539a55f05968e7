// Package archive writes a whole desk into one file and brings it back.
//
// It promises: what is written is one snapshot of the database, taken while the
// desk works, with every stored file that this snapshot refers to, the key that
// opens its passwords, and a checksum of each part; the file appears under its
// name only once it is complete and synced. What is brought back was verified
// first, whole: a damaged archive changes nothing. A desk brought back sends
// nothing by itself that may have left before: such mail is held for a person.
//
// It never reads the configuration, never writes to the desk that it copies, and
// never deletes what a restore takes the place of in a data folder.
//
// The file is a tar, compressed by gzip when its name ends in .gz or .tgz, that
// other tools can read:
//
//	comptoir.db          SQLite: the database, or
//	tables/NAME.copy     PostgreSQL: a table as COPY writes it (text format)
//	blobs/ab/cdef…       mails and attachments, named by their SHA-256
//	secret.key           unless the key comes from the configuration
//	manifest.json        what, when, by which program, with which counts
//	SHA256SUMS           of all the parts, as sha256sum -c reads it
package archive
