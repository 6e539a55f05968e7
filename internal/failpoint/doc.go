// Package failpoint names the places at which a test kills the program, so
// that "killed at any line" is told of each write boundary (I1, I4).
//
// It promises: without the build tag failpoints, Hit does nothing and costs
// nothing; with it, the process ends by SIGKILL, with no deferred call and no
// buffer flushed, at the place that COMPTOIR_FAILPOINT names ("name", or
// "name:3" for its third passage). It never returns an error and never sleeps.
//
// The boundaries:
//
//	intake.blob_put        raw bytes are synced, no row yet
//	intake.committed       rows and jobs are durable, the source has heard nothing
//	imap.position_moved    the folder's position is durable
//	imap.settled           the server moved or flagged, we have not noted it
//	smtp.before_250        everything is durable, the relay has not heard 250
//	parse.before_receive   attachments are synced, the desk has not received
//	parse.received         message, promise and the job's end are durable
//	reply.composed         the bytes of an answer are synced, no row yet
//	reply.committed        message, delivery and job are durable, the press has heard nothing
//	send.claimed           the delivery is claimed, the mail server has heard nothing
//	send.dot_pending       "the dot comes next" is durable, the dot has not left
//	send.answered          the mail server has answered, we have not noted it
//	ask.composed           the bytes of a question are synced, no row yet
//	ask.committed          question, promise and delivery are durable, the press has heard nothing
//	ask.files_stored       an answer's files are synced, no row yet
//	ask.answered           the note is durable, the browser has heard nothing
//	incident.sent          an incident's answer is queued, its round has not noted it
//	bulk.part              a part of a bulk act is durable, with its way back; the rest isn't done
//	notify.mornings        who gets a morning mail is durable with its job, nothing is written
//	notify.ring            a device is about to be rung, nothing was asked of its service
//	notify.rung            a push service has answered, and that is noted; the job has not ended
//	push.sent              a push service has answered, we have not noted it
//	system.composed        the bytes of a mail of the desk's own are synced, no row yet
//	system.committed       its delivery and the end of its job are durable
//	report.counted         conversations are counted, the figures not written
//	report.folded          figures and the place in the feed are durable, the job has not ended
//	webhook.sent           a receiver has answered, we have not noted it
//
// Waits that a person would not sit through are shortened under the tag alone,
// by Duration: delivery.uncertain_wait, delivery.soft_wait, reply.undo_time, incident.pace,
// jobs.lease, imap.read_lease, imap.settle_lease.
package failpoint
