// Package explain answers "how would the desk treat this?" for operators,
// support and tests. It runs the same code paths as the desk, and needs no
// configuration, data folder or network. One JSON object a line leaves on
// standard output, in the order of the arguments.
package explain
