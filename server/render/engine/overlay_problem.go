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
	problem := &failure{message: message}
	problem.file, problem.line = overlayPlace(message, asked)
	if problem.file == "" {
		problem.file = kustomizationOf(asked)
	}
	return problem
}

var malformed = regexp.MustCompile(`MalformedYAMLError: (.*) in File: (\S+)`)

// overlayPlace finds the file that does not parse. Kustomize names it as its kustomization does, without the folder, and
// counts lines from the beginning of a document; both are found again by reading the files of that name.
func overlayPlace(message string, asked request) (string, int) {
	if found := malformed.FindStringSubmatch(message); found != nil {
		for _, input := range asked.Files {
			if input.Path != found[2] && !strings.HasSuffix(input.Path, "/"+strings.TrimLeft(path.Clean(found[2]), "./")) {
				continue
			}
			if _, err := readObjects(input.Path, input.data); err != nil {
				if place, ok := err.(*failure); ok {
					return input.Path, place.line
				}
			}
		}
	}
	// A kustomization that does not parse is not named at all.
	for _, input := range asked.Files {
		if !slices.Contains(konfig.RecognizedKustomizationFileNames(), path.Base(input.Path)) {
			continue
		}
		if line := brokenLine(input.data); line > 0 {
			return input.Path, line
		}
	}
	return "", 0
}

func kustomizationOf(asked request) string {
	for _, name := range konfig.RecognizedKustomizationFileNames() {
		if place := path.Join(asked.Folder, name); asked.file(place) != nil {
			return place
		}
	}
	return ""
}
