package main

import (
	"bytes"
	"path"
	"slices"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/api/types"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
)

// withOrigins is the same tree with `buildMetadata: [originAnnotations]` in the overlay's own kustomization; true says that the
// author asked for them too. A kustomization that does not parse is left for Kustomize to complain about.
func withOrigins(base *tree, folder string) (*tree, bool) {
	for _, name := range konfig.RecognizedKustomizationFileNames() {
		place := path.Join(root, folder, name)
		data, found := base.files[place]
		if !found {
			continue
		}
		node, err := kyaml.Parse(string(data))
		if err != nil || node.YNode() == nil || node.YNode().Kind != kyaml.MappingNode || saysNothing(node) {
			return base, false
		}
		var options []string
		if wanted := node.Field("buildMetadata"); !wanted.IsNilOrEmpty() && wanted.Value.YNode().Decode(&options) != nil {
			return base, false
		}
		if slices.Contains(options, types.OriginAnnotations) {
			return base, true
		}
		value := kyaml.NewListRNode(append(options, types.OriginAnnotations)...)
		if node.PipeE(kyaml.SetField("buildMetadata", value)) != nil {
			return base, false
		}
		if text, err := node.String(); err == nil {
			return base.with(place, []byte(text)), false
		}
	}
	return base, false
}

// saysNothing is true of a kustomization that Kustomize refuses as empty; with a field of ours it would pass.
func saysNothing(node *kyaml.RNode) bool {
	fields, err := node.Fields()
	return err != nil || !slices.ContainsFunc(fields, func(name string) bool { return name != "apiVersion" && name != "kind" })
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

// changesAnnotations is true when a JSON patch or replacement may reach into annotations, where it would meet the origin.
func changesAnnotations(files []file) bool {
	return slices.ContainsFunc(files, func(input file) bool {
		return bytes.Contains(input.data, []byte("metadata/annotations")) || bytes.Contains(input.data, []byte("metadata.annotations"))
	})
}
