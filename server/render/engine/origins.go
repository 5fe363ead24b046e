package main

import (
	"path"
	"strings"

	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/yaml"
)

// origins finds the file each object began in: by its line where that is marked, else by kind and name.
type origins struct {
	marks          marks
	files          []file
	kustomizations []kustomization
	named          []origin
}

// origin is an object as a file or a generator names it, before any prefix or suffix.
type origin struct {
	kind, name, path string
	line             int
}

func (o *origins) of(one *resource.Resource) (string, int) {
	if name, line, marked := o.marks.of(one); marked {
		return name, line
	}
	if o.named == nil {
		o.collect()
	}
	best := origin{}
	for _, candidate := range o.named {
		if candidate.kind == one.GetKind() && strings.Contains(one.GetName(), candidate.name) && len(candidate.name) > len(best.name) {
			best = candidate
		}
	}
	return best.path, best.line
}

func (o *origins) collect() {
	o.named = []origin{}
	for _, one := range o.kustomizations {
		for _, generated := range one.ConfigMapGenerator {
			o.named = append(o.named, origin{kind: "ConfigMap", name: generated.Name, path: one.path})
		}
		for _, generated := range one.SecretGenerator {
			o.named = append(o.named, origin{kind: "Secret", name: generated.Name, path: one.path})
		}
	}
	for _, input := range o.files {
		if isKustomization(input) || (path.Ext(input.Path) != ".yaml" && path.Ext(input.Path) != ".yml") {
			continue
		}
		for _, part := range splitDocuments(input.data) {
			var head struct {
				Kind     string `json:"kind"`
				Metadata struct {
					Name string `json:"name"`
				} `json:"metadata"`
			}
			if yaml.Unmarshal(part.text, &head) == nil && head.Metadata.Name != "" {
				o.named = append(o.named, origin{head.Kind, head.Metadata.Name, input.Path, part.above + firstLine(part.text)})
			}
		}
	}
}
