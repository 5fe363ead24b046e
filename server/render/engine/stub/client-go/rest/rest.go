// Package rest holds the one type that Helm's engine names.
package rest

type Config struct{}
