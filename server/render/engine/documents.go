package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"sigs.k8s.io/yaml"
)

var utf8bom = []byte{0xEF, 0xBB, 0xBF}

// document is one YAML document of a file, where it begins, and the number of lines above it.
type document struct {
	text         []byte
	begin, above int
}

// splitDocuments cuts at lines that begin with `---`, as kubectl does; what else stands on such a line is dropped, as there.
func splitDocuments(data []byte) []document {
	var documents []document
	begin, above, line := 0, 0, 0
	for at := 0; at < len(data); {
		end := len(data)
		if newline := bytes.IndexByte(data[at:], '\n'); newline >= 0 {
			end = at + newline + 1
		}
		line++
		if after, marked := bytes.CutPrefix(data[at:end], []byte("---")); marked && (len(after) == 0 || strings.IndexByte(" \t\r\n", after[0]) >= 0) {
			documents = append(documents, document{data[begin:at], begin, above})
			begin, above = end, line
		}
		at = end
	}
	return append(documents, document{data[begin:], begin, above})
}

// readObjects turns the documents of a file into objects as JSON; the objects of a List stand by themselves.
func readObjects(path string, data []byte) ([]json.RawMessage, error) {
	data = bytes.TrimPrefix(data, utf8bom)
	if trimmed := bytes.TrimSpace(data); bytes.HasPrefix(trimmed, []byte("{")) {
		objects, err := readJSON(path, data)
		if err == nil || strings.HasSuffix(path, ".json") {
			return objects, err
		}
	}
	var objects []json.RawMessage
	for _, part := range splitDocuments(data) {
		text, err := yaml.YAMLToJSON(part.text)
		if err != nil {
			message, line := yamlProblem(err)
			if line > 0 {
				line += part.above
			}
			return nil, &failure{path, line, message}
		}
		found, err := flatten(text)
		if err != nil {
			return nil, &failure{path, part.above + firstLine(part.text), err.Error()}
		}
		objects = append(objects, found...)
	}
	return objects, nil
}

func readJSON(path string, data []byte) ([]json.RawMessage, error) {
	var objects []json.RawMessage
	decoder := json.NewDecoder(bytes.NewReader(data))
	for {
		var object json.RawMessage
		if err := decoder.Decode(&object); errors.Is(err, io.EOF) {
			return objects, nil
		} else if err != nil {
			offset := min(int(decoder.InputOffset()), len(data))
			if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
				offset = min(int(syntax.Offset), len(data))
			}
			return nil, &failure{path, 1 + bytes.Count(data[:offset], []byte("\n")), err.Error()}
		}
		found, err := flatten(object)
		if err != nil {
			return nil, &failure{path, 1 + bytes.Count(data[:decoder.InputOffset()], []byte("\n")), err.Error()}
		}
		objects = append(objects, found...)
	}
}

// flatten checks that a document is an object Kubernetes can take, and opens Lists. An empty document gives nothing.
func flatten(text []byte) ([]json.RawMessage, error) {
	if trimmed := bytes.TrimSpace(text); len(trimmed) == 0 || bytes.Equal(trimmed, []byte("null")) {
		return nil, nil
	}
	var head struct {
		APIVersion string            `json:"apiVersion"`
		Kind       string            `json:"kind"`
		Items      []json.RawMessage `json:"items"`
		Metadata   struct {
			Name         any `json:"name"`
			GenerateName any `json:"generateName"`
		} `json:"metadata"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return nil, errors.New("this is not a Kubernetes object: apiVersion, kind and metadata do not have the form they must have")
	}
	if head.Kind == "" || head.APIVersion == "" {
		return nil, errors.New("this is not a Kubernetes object: it needs apiVersion and kind")
	}
	if strings.HasSuffix(head.Kind, "List") && head.Items != nil {
		var objects []json.RawMessage
		for _, item := range head.Items {
			found, err := flatten(item)
			if err != nil {
				return nil, err
			}
			objects = append(objects, found...)
		}
		return objects, nil
	}
	if name, isText := head.Metadata.Name.(string); (!isText || name == "") && head.Metadata.GenerateName == nil {
		return nil, fmt.Errorf("this %s has no metadata.name", head.Kind)
	}
	return []json.RawMessage{text}, nil
}

var yamlError = regexp.MustCompile(`(?s)^.*?yaml: (?:line (\d+): )?`)

// yamlProblem takes Go's wrapping off a YAML error: the message itself and its line, 0 where it names none.
func yamlProblem(err error) (string, int) {
	found := yamlError.FindStringSubmatch(err.Error())
	if found == nil {
		return err.Error(), 0
	}
	line, _ := strconv.Atoi(found[1])
	return strings.TrimPrefix(err.Error(), found[0]), line
}

// firstLine is the number of the first line that holds more than blanks and comments, from 1.
func firstLine(text []byte) int {
	for number, line := range strings.Split(string(text), "\n") {
		if trimmed := strings.TrimSpace(line); trimmed != "" && !strings.HasPrefix(trimmed, "#") {
			return number + 1
		}
	}
	return 1
}

// brokenLine is the line of the first YAML error, 0 where there is none.
func brokenLine(data []byte) int {
	for _, part := range splitDocuments(bytes.TrimPrefix(data, utf8bom)) {
		if _, err := yaml.YAMLToJSON(part.text); err != nil {
			_, line := yamlProblem(err)
			return max(line, 1) + part.above
		}
	}
	return 0
}
