// Package kubernetes is imported by Helm only so that the version of client-go is in the build information.
package kubernetes
