package main

import (
	"fmt"
	"path"
	"slices"
)

// renderDirectory reads the manifests of a folder as `kubectl apply -f` does: by extension, in name order, not below.
func renderDirectory(asked request) ([]manifest, error) {
	var manifests []manifest
	seen := 0
	for _, input := range asked.Files {
		name, below := within(asked.Folder, input.Path)
		if !below || name != path.Base(name) || !slices.Contains([]string{".yaml", ".yml", ".json"}, path.Ext(name)) {
			continue
		}
		seen++
		objects, err := readObjects(input.Path, input.data)
		if err != nil {
			return nil, err
		}
		for _, object := range objects {
			manifests = append(manifests, manifest{Object: object, Origin: input.Path})
		}
	}
	if seen == 0 {
		return nil, &failure{message: fmt.Sprintf("%s holds no .yaml, .yml or .json file", asked.Folder)}
	}
	return manifests, nil
}
