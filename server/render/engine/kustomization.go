package main

import (
	"path"
	"strings"

	"sigs.k8s.io/yaml"
)

// kustomization is what tells of the origin of objects in a kustomization file.
type kustomization struct {
	Resources          []string    `json:"resources"`
	ConfigMapGenerator []generator `json:"configMapGenerator"`
	SecretGenerator    []generator `json:"secretGenerator"`
	Generators         []string    `json:"generators"`
	Transformers       []string    `json:"transformers"`
	Validators         []string    `json:"validators"`
	Crds               []string    `json:"crds"`
	Configurations     []string    `json:"configurations"`

	path, folder string
}

type generator struct {
	Name  string   `json:"name"`
	Files []string `json:"files"`
	Envs  []string `json:"envs"`
	Env   string   `json:"env"`
}

// kustomizationsIn reads those that can be read; false says that some plugin may name files in ways that are not known here.
func kustomizationsIn(files []file) ([]kustomization, bool) {
	var found []kustomization
	for _, input := range files {
		if !isKustomization(input) {
			continue
		}
		one := kustomization{path: input.Path, folder: path.Dir(input.Path)}
		if yaml.Unmarshal(input.data, &one) != nil || len(one.Generators)+len(one.Transformers)+len(one.Validators) > 0 {
			return nil, false
		}
		found = append(found, one)
	}
	return found, true
}

// content is the files that are read for something else than their objects.
func (k kustomization) content() []string {
	names := append(append([]string{}, k.Crds...), k.Configurations...)
	for _, one := range append(append([]generator{}, k.ConfigMapGenerator...), k.SecretGenerator...) {
		for _, name := range one.Files {
			names = append(names, name[strings.Index(name, "=")+1:])
		}
		names = append(append(names, one.Envs...), one.Env)
	}
	return names
}
