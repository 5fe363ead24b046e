package main

import (
	"encoding/json"
	"fmt"
)

// answer is one rendering: objects, or why there are none.
type answer struct {
	State     string     `json:"state"` // rendered, failed or unknown
	Manifests []manifest `json:"manifests,omitempty"`
	Message   string     `json:"message,omitempty"`
	File      string     `json:"file,omitempty"`
	Line      int        `json:"line,omitempty"`
	// Paths the engine asked for and did not find: the host may know them after all, or should watch for them.
	Missing []string `json:"missing,omitempty"`
}

type manifest struct {
	Object json.RawMessage `json:"object"`
	Origin string          `json:"origin,omitempty"`
	Line   int             `json:"line,omitempty"` // in the origin, from 1
}

// failure is an error whose place is known.
type failure struct {
	file    string
	line    int
	message string
}

func (f *failure) Error() string { return f.message }

// beyond is what this engine cannot do by design: a network, another program.
type beyond struct{ why string }

func (b *beyond) Error() string { return b.why }

func answerTo(frame []byte) []byte {
	var result answer
	if asked, err := readRequest(frame); err != nil {
		result = answer{State: "unknown", Message: err.Error()}
	} else {
		result = answerRequest(asked)
	}
	text, err := json.Marshal(result)
	if err != nil {
		text, _ = json.Marshal(answer{State: "failed", Message: err.Error()})
	}
	return text
}

func answerRequest(asked request) (result answer) {
	defer func() {
		if crash := recover(); crash != nil {
			result = answer{State: "unknown", Message: fmt.Sprintf("the %s engine crashed: %v", asked.Kind, crash)}
		}
	}()
	switch asked.Kind {
	case "directory":
		return answerWith(renderDirectory(asked))
	case "kustomize":
		return renderOverlay(asked)
	case "helm":
		return answerWith(renderChart(asked))
	}
	return answer{State: "unknown", Message: fmt.Sprintf("the engine does not know %q", asked.Kind)}
}

func answerWith(manifests []manifest, err error) answer {
	switch problem := err.(type) {
	case nil:
		return answer{State: "rendered", Manifests: manifests}
	case *failure:
		return answer{State: "failed", Message: shorten(problem.message), File: problem.file, Line: problem.line}
	case *beyond:
		return answer{State: "unknown", Message: shorten(problem.why)}
	default:
		return answer{State: "failed", Message: shorten(err.Error())}
	}
}

// shorten keeps both ends of a message: a template that includes itself is told of a thousand times.
func shorten(message string) string {
	const end = 500
	if characters := []rune(message); len(characters) > 3*end {
		return string(characters[:end]) + " … " + string(characters[len(characters)-end:])
	}
	return message
}
