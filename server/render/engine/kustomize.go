package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/kyaml/openapi"
)

// The root of the work tree in memory; no message keeps it.
const root = "/work-tree"

// renderOverlay builds an overlay in the order of `kubectl kustomize`.
func renderOverlay(asked request) answer {
	files := newTree(asked)
	manifests, err := buildOverlay(files, asked)
	result := answerWith(manifests, overlayProblem(err, asked))
	result.Missing = files.missing()
	return result
}

func buildOverlay(files *tree, asked request) ([]manifest, error) {
	from := origins{files: asked.Files}
	if found, known := kustomizationsIn(asked.Files); known {
		from.kustomizations = found
		var marked *tree
		marked, from.marks = withMarks(files, manifestsIn(found))
		if built, err := runOverlay(marked, asked.Folder); err == nil {
			return objectsOf(built, &from)
		}
		// The words of an error hold lines, so it is met once more without the marks.
	}
	built, err := runOverlay(files, asked.Folder)
	if err != nil {
		return nil, err
	}
	from.marks = marks{}
	return objectsOf(built, &from)
}

func runOverlay(files *tree, folder string) (built resmap.ResMap, err error) {
	// Kustomize keeps the schemas of Kubernetes for the life of the process, and adds to them those an overlay brings along.
	if bringsSchema(files) {
		openapi.ResetOpenAPI()
		defer openapi.ResetOpenAPI()
	}
	defer func() {
		if crash := recover(); crash != nil {
			err = fmt.Errorf("%v", crash) // a schema that is none makes Kustomize panic
		}
	}()
	options := krusty.MakeDefaultOptions()
	options.Reorder = krusty.ReorderOptionLegacy
	return krusty.MakeKustomizer(options).Run(files, path.Join(root, folder))
}

func bringsSchema(files *tree) bool {
	for name, data := range files.files {
		if slices.Contains(konfig.RecognizedKustomizationFileNames(), path.Base(name)) && bytes.Contains(data, []byte("openapi")) {
			return true
		}
	}
	return false
}

func objectsOf(built resmap.ResMap, from *origins) ([]manifest, error) {
	manifests := make([]manifest, 0, built.Size())
	for _, one := range built.Resources() {
		object, err := toJSON(one)
		if err != nil {
			return nil, err
		}
		name, line := from.of(one)
		manifests = append(manifests, manifest{object, name, line})
	}
	return manifests, nil
}

// toJSON gives what MarshalJSON gives, without writing YAML and reading it again, a quarter of the whole time.
func toJSON(one *resource.Resource) ([]byte, error) {
	var content map[string]any
	if err := one.YNode().Decode(&content); err != nil {
		return one.MarshalJSON()
	}
	return json.Marshal(content)
}

// relative takes the root of the memory tree out of a message.
func relative(message string) string {
	return strings.ReplaceAll(strings.ReplaceAll(message, root+"/", ""), root, ".")
}
