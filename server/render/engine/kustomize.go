package main

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/resmap"
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

// The origin is kept as an annotation while Kustomize works. Where a patch could see it, the overlay is built as it is, and a
// second time for its origins alone.
func buildOverlay(files *tree, asked request) ([]manifest, error) {
	traced, keep := withOrigins(files, asked.Folder)
	if changesAnnotations(asked.Files) {
		plain, err := runOverlay(files, asked.Folder)
		if err != nil {
			return nil, err
		}
		var origins map[string]string
		if built, err := runOverlay(traced, asked.Folder); err == nil {
			origins = originsOf(built, asked.Folder)
		}
		return objectsOf(plain, origins)
	}
	built, err := runOverlay(traced, asked.Folder)
	if err != nil {
		return nil, err
	}
	origins := originsOf(built, asked.Folder)
	if !keep {
		if err := built.RemoveOriginAnnotations(); err != nil {
			return nil, err
		}
	}
	return objectsOf(built, origins)
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

func objectsOf(built resmap.ResMap, origins map[string]string) ([]manifest, error) {
	manifests := make([]manifest, 0, built.Size())
	for _, one := range built.Resources() {
		object, err := one.MarshalJSON()
		if err != nil {
			return nil, err
		}
		manifests = append(manifests, manifest{bytes.TrimSpace(object), origins[one.CurId().String()]})
	}
	return manifests, nil
}

// relative takes the root of the memory tree out of a message.
func relative(message string) string {
	return strings.ReplaceAll(strings.ReplaceAll(message, root+"/", ""), root, ".")
}
