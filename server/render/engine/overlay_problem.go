package main

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/konfig"
)

// What Kustomize says when it would have to run a program, or reach a network, that is not here.
var outside = []struct{ sign, why string }{
	{"no 'git' program on path", "it loads a base from a Git repository"},
	{"dial tcp", "it loads a file over the network"},
	{"external plugins disabled", "it runs a plugin that is a program of its own"},
	{"plugin load is disabled", "it runs a plugin that is a program of its own"},
	{"must specify --enable-helm", "it renders a Helm chart through Kustomize"},
}

// overlayProblem gives an error of Kustomize its place, and takes the paths of the memory file system out of its words.
func overlayProblem(err error, asked request) error {
	if err == nil {
		return nil
	}
	message := strings.TrimSpace(relative(err.Error()))
	for _, one := range outside {
		if strings.Contains(message, one.sign) {
			return &beyond{asked.Folder + " cannot be rendered here, because " + one.why + ": " + message}
		}
	}
	name, line := overlayPlace(message, asked)
	return &failure{name, line, message}
}

var (
	malformed = regexp.MustCompile(`MalformedYAMLError: .* in File: (\S+)`)
	absent    = regexp.MustCompile(`'([^']+)' doesn't exist`)
	// The ways in which Kustomize repeats what stands in a kustomization.
	repeated = []*regexp.Regexp{
		regexp.MustCompile(`resources from '([^']+)'`),
		regexp.MustCompile(`path\(([^)]+)\)`),
		regexp.MustCompile(`unknown field "([^"]+)"`),
	}
)

// overlayPlace finds what an error speaks of. Kustomize names a file as its kustomization does, without the folder, and counts
// the lines of a document from its beginning; a kustomization that does not parse it does not name at all.
func overlayPlace(message string, asked request) (string, int) {
	if found := malformed.FindStringSubmatch(message); found != nil {
		for _, input := range asked.Files {
			if line := brokenLine(input.data); line > 0 && path.Base(input.Path) == path.Base(found[1]) {
				return input.Path, line
			}
		}
	}
	for _, input := range asked.Files {
		if line := brokenLine(input.data); line > 0 && isKustomization(input) {
			return input.Path, line
		}
	}
	if found := absent.FindAllStringSubmatch(message, -1); found != nil {
		wanted := found[len(found)-1][1]
		isIt := func(folder, word string) bool { return path.Join(folder, word) == wanted }
		if name, line := lineWith(isIt, asked); line > 0 {
			return name, line
		}
	}
	for _, sign := range repeated {
		for _, match := range slices.Backward(sign.FindAllStringSubmatch(message, -1)) {
			if name, line := lineWith(func(_, word string) bool { return word == match[1] }, asked); line > 0 {
				return name, line
			}
		}
	}
	for _, name := range konfig.RecognizedKustomizationFileNames() {
		if place := path.Join(asked.Folder, name); asked.file(place) != nil {
			return place, 0
		}
	}
	return "", 0
}

// lineWith is the line of a kustomization that holds a word, the overlay's own kustomization first.
func lineWith(isIt func(folder, word string) bool, asked request) (string, int) {
	for _, own := range []bool{true, false} {
		for _, input := range asked.Files {
			folder := path.Dir(input.Path)
			if !isKustomization(input) || (folder == path.Clean(asked.Folder)) != own {
				continue
			}
			for number, line := range strings.Split(string(input.data), "\n") {
				if slices.ContainsFunc(strings.FieldsFunc(line, betweenWords), func(word string) bool { return isIt(folder, word) }) {
					return input.Path, number + 1
				}
			}
		}
	}
	return "", 0
}

func betweenWords(character rune) bool { return strings.ContainsRune(" \t\r:,='\"[]{}", character) }

func isKustomization(input file) bool {
	return slices.Contains(konfig.RecognizedKustomizationFileNames(), path.Base(input.Path))
}
