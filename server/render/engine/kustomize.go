package main

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/kyaml/openapi"
)

// The root of the work tree in the memory file system; no message keeps it.
const root = "/work-tree"

// renderOverlay builds an overlay in the order of `kubectl kustomize`.
func renderOverlay(asked request) answer {
	tree := newTree(asked)
	manifests, err := buildOverlay(tree, asked)
	result := answerWith(manifests, overlayProblem(err, asked))
	result.Missing = tree.missing()
	return result
}

func buildOverlay(tree *tree, asked request) ([]manifest, error) {
	// The origin is kept as an annotation while Kustomize works. A JSON patch or replacement that reaches into annotations
	// would see it, so such an overlay is built as it is, and a second time for its origins alone.
	if changesAnnotations(asked.Files) {
		plain, err := runOverlay(tree, asked.Folder)
		if err != nil {
			return nil, err
		}
		return objectsOf(plain, overlayOrigins(tree, asked.Folder))
	}
	origins, keep, err := withOrigins(tree, asked.Folder)
	if err != nil {
		return nil, err
	}
	built, err := runOverlay(origins, asked.Folder)
	if err != nil {
		return nil, err
	}
	found := originsOf(built, asked.Folder)
	if !keep {
		if err := built.RemoveOriginAnnotations(); err != nil {
			return nil, err
		}
	}
	return objectsOf(built, found)
}

func runOverlay(tree *tree, folder string) (resmap.ResMap, error) {
	// A schema of one overlay's own must not rule the next rendering of this instance.
	if openapi.GetSchemaVersion() != defaultSchema {
		openapi.ResetOpenAPI()
	}
	options := krusty.MakeDefaultOptions()
	options.Reorder = krusty.ReorderOptionLegacy
	return krusty.MakeKustomizer(options).Run(tree, path.Join(root, folder))
}

var defaultSchema = openapi.GetSchemaVersion()

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

// originsOf says for each object which file it began in: a resource's own file, or the kustomization that generated it.
func originsOf(built resmap.ResMap, folder string) map[string]string {
	origins := make(map[string]string, built.Size())
	for _, one := range built.Resources() {
		if from := originOf(one); from != "" {
			origins[one.CurId().String()] = path.Join(folder, from)
		}
	}
	return origins
}

func originOf(one *resource.Resource) string {
	origin, err := one.GetOrigin()
	if err != nil || origin == nil || origin.Repo != "" {
		return ""
	}
	if origin.Path != "" {
		return origin.Path
	}
	return origin.ConfiguredIn
}

func overlayOrigins(tree *tree, folder string) map[string]string {
	origins, _, err := withOrigins(tree, folder)
	if err != nil {
		return nil
	}
	built, err := runOverlay(origins, folder)
	if err != nil {
		return nil
	}
	return originsOf(built, folder)
}

func changesAnnotations(files []file) bool {
	return slices.ContainsFunc(files, func(input file) bool {
		return bytes.Contains(input.data, []byte("metadata/annotations")) || bytes.Contains(input.data, []byte("metadata.annotations"))
	})
}

func relative(message string) string {
	return strings.ReplaceAll(strings.ReplaceAll(message, root+"/", ""), root, ".")
}
