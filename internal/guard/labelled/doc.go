// Package labelled scores the guard against drafts of which a person said what
// it has to find.
//
// A folder holds files of each rule (<rule>.jsonl, <rule>-3.jsonl: drafts that must make it fire and
// look-alikes that must not) and clean.jsonl (ordinary answers that nothing may
// stop; Ordinary makes more of them), one JSON object a line: {"id","lang","text","context","expect":[rules]}.
// It never changes the drafts and knows nothing of how the rules work.
package labelled
