package explain

import (
	"io"

	"github.com/comptoir-desk/comptoir/internal/mime/sanitise"
)

// htmlLine is what `explain html` writes for one file.
type htmlLine struct {
	File          string `json:"file"`
	OK            bool   `json:"ok"`
	HTML          string `json:"html"`
	BlockedRemote int    `json:"blocked_remote"`
}

// HTML writes for each file the fragment that the app would put into its
// frame, remote pictures blocked. It returns the exit code.
func HTML(files []string, stdin io.Reader, stdout io.Writer) int {
	return eachFile(files, stdin, stdout, func(file string, content []byte) (any, error) {
		clean := sanitise.HTML(bodyText(content), sanitise.Options{})
		return htmlLine{File: file, OK: true, HTML: clean.HTML, BlockedRemote: clean.BlockedRemote}, nil
	})
}
