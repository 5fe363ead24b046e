package main

import (
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
)

// tree is the work tree in memory; it remembers what was asked for in vain.
type tree struct {
	filesys.FileSystem
	misses map[string]bool
	over   map[string][]byte
}

func newTree(asked request) *tree {
	memory := filesys.MakeFsInMemory()
	_ = memory.MkdirAll(root)
	for _, folder := range asked.Folders {
		_ = memory.MkdirAll(path.Join(root, folder))
	}
	for _, input := range asked.Files {
		// A path that cannot be written is missed when it is asked for.
		_ = memory.WriteFile(path.Join(root, input.Path), input.data)
	}
	return &tree{FileSystem: memory, misses: map[string]bool{}}
}

func (t *tree) ReadFile(name string) ([]byte, error) {
	if data, found := t.over[name]; found {
		return data, nil
	}
	data, err := t.FileSystem.ReadFile(name)
	if err != nil {
		t.miss(name)
	}
	return data, err
}

func (t *tree) CleanedAbs(name string) (filesys.ConfirmedDir, string, error) {
	folder, base, err := t.FileSystem.CleanedAbs(name)
	if err != nil {
		t.miss(name)
	}
	return folder, base, err
}

func (t *tree) Exists(name string) bool {
	found := t.FileSystem.Exists(name)
	if !found {
		t.miss(name)
	}
	return found
}

func (t *tree) miss(name string) {
	if inside, below := strings.CutPrefix(path.Clean(name), root+"/"); below {
		t.misses[inside] = true
	}
}

func (t *tree) missing() []string {
	names := make([]string, 0, len(t.misses))
	for name := range t.misses {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// withOrigins is the same tree with `buildMetadata: [originAnnotations]` in the overlay's own kustomization; true says that the
// author asked for them too. A kustomization that does not parse is left for Kustomize to complain about.
func withOrigins(base *tree, folder string) (*tree, bool, error) {
	for _, name := range konfig.RecognizedKustomizationFileNames() {
		place := path.Join(root, folder, name)
		data, err := base.FileSystem.ReadFile(place)
		if err != nil {
			continue
		}
		node, err := kyaml.Parse(string(data))
		if err != nil || node.YNode() == nil || node.YNode().Kind != kyaml.MappingNode {
			return base, false, nil
		}
		if !slices.ContainsFunc(fieldsOf(node), func(name string) bool { return name != "apiVersion" && name != "kind" }) {
			return base, false, nil // Kustomize refuses an empty one
		}
		wanted := node.Field("buildMetadata")
		options := []string{}
		if !wanted.IsNilOrEmpty() {
			if err := wanted.Value.YNode().Decode(&options); err != nil {
				return base, false, nil
			}
		}
		if slices.Contains(options, types.OriginAnnotations) {
			return base, true, nil
		}
		value := kyaml.NewListRNode(append(options, types.OriginAnnotations)...)
		if err := node.PipeE(kyaml.SetField("buildMetadata", value)); err != nil {
			return nil, false, err
		}
		text, err := node.String()
		if err != nil {
			return base, false, nil
		}
		return &tree{base.FileSystem, base.misses, map[string][]byte{place: []byte(text)}}, false, nil
	}
	return base, false, nil
}

func fieldsOf(node *kyaml.RNode) []string {
	fields, err := node.Fields()
	if err != nil {
		return nil
	}
	return fields
}
