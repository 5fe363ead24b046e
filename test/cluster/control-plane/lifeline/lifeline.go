// Package lifeline ties a program to the process that started it.
package lifeline

import (
	"io"
	"os"
)

// Hold ends this process as soon as its standard input closes. The starter holds the other end of that pipe, and
// the kernel closes it however the starter ends, SIGKILL included: no program of a local cluster outlives its starter.
func Hold() {
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
}
