package main

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// request is what one rendering needs. Paths are relative to the root of the work tree and use slashes.
type request struct {
	Kind string `json:"kind"` // directory, kustomize or helm
	// Folder of the manifests, the overlay or the chart; "" is the root itself.
	Folder  string   `json:"folder"`
	Folders []string `json:"folders"` // that exist, empty ones too
	Files   []file   `json:"files"`

	Values            []string `json:"values"`
	Set               []string `json:"set"` // as helm --set
	Release           string   `json:"release"`
	Namespace         string   `json:"namespace"`
	KubernetesVersion string   `json:"kubernetesVersion"`
	APIVersions       []string `json:"apiVersions"` // beside the built-in ones
}

type file struct {
	Path string `json:"path"`
	As   string `json:"as"` // where it stands for Helm, when that is not where it was read
	Size int    `json:"size"`
	data []byte
}

// readRequest splits a frame: length of the header (4 bytes, little endian), the header as JSON, the bytes of each file in order.
func readRequest(frame []byte) (request, error) {
	var asked request
	if len(frame) < 4 {
		return asked, errors.New("the request is too short")
	}
	header := int(binary.LittleEndian.Uint32(frame))
	if header < 0 || 4+header > len(frame) {
		return asked, errors.New("the request is cut off")
	}
	if err := json.Unmarshal(frame[4:4+header], &asked); err != nil {
		return asked, err
	}
	rest := frame[4+header:]
	for i := range asked.Files {
		size := asked.Files[i].Size
		if size < 0 || size > len(rest) {
			return asked, fmt.Errorf("%s is cut off", asked.Files[i].Path)
		}
		// A copy: a chart keeps its files after the host has freed the frame.
		asked.Files[i].data = append(make([]byte, 0, size+1), rest[:size]...)
		rest = rest[size:]
		if asked.Files[i].As == "" {
			asked.Files[i].As = asked.Files[i].Path
		}
	}
	return asked, nil
}

func (r request) file(path string) *file {
	for i := range r.Files {
		if r.Files[i].Path == path {
			return &r.Files[i]
		}
	}
	return nil
}

// within gives a path relative to folder, and whether it lies below it.
func within(folder, path string) (string, bool) {
	if folder == "" {
		return path, true
	}
	return strings.CutPrefix(path, folder+"/")
}
