package main

import (
	"bytes"
	"path"
	"slices"
	"sort"
	"strings"

	"sigs.k8s.io/kustomize/api/resource"
)

// Kustomize forgets which file an object came from, but every YAML node keeps the line it was read from, through overlays and
// patches. So each document is handed to it with empty lines above, that no two documents have a line in common. (Its own
// `originAnnotations` are visible to patches, and double the time of an overlay with many of them.)
type marks struct{ documents []mark }

// mark is a document whose lines begin at first; above is the number of lines over it in its file.
type mark struct {
	first, above int
	path         string
}

const (
	// Lines below this belong to texts that were never marked: a patch inside a kustomization.
	unmarked = 500
	// Empty lines in all, which cost about 50 ms to skip; what is beyond is found by name.
	mostLines = 500_000
)

// withMarks is the same tree with marked manifests. Only files that are manifests and nothing else are changed: a file may be
// the content of a ConfigMap, and then its empty lines would count.
func withMarks(base *tree, manifests []string) (*tree, marks) {
	files := make(map[string][]byte, len(base.files))
	for name, data := range base.files {
		files[name] = data
	}
	var documents []mark
	next, spent := unmarked, 0
	for _, name := range manifests {
		data, found := base.files[path.Join(root, name)]
		if !found {
			continue // a folder
		}
		var text bytes.Buffer
		if bytes.HasPrefix(data, utf8bom) {
			data = data[len(utf8bom):]
			text.Write(utf8bom)
		}
		end := 0
		for _, part := range splitDocuments(data) {
			text.Write(data[end:part.begin])
			end = part.begin + len(part.text)
			lines := bytes.Count(part.text, []byte("\n")) + 1
			if len(bytes.TrimSpace(part.text)) > 0 && spent+next < mostLines {
				text.WriteString(strings.Repeat("\n", next))
				documents = append(documents, mark{next + 1, part.above, name})
				spent += next
				next += lines + 1
			}
			text.Write(part.text)
		}
		text.Write(data[end:])
		files[path.Join(root, name)] = text.Bytes()
	}
	return &tree{files, base.folders, base.misses}, marks{documents}
}

// of gives the file of an object, and the line its kind stands on. A JSON patch makes all lines of its target forgotten.
func (m marks) of(one *resource.Resource) (string, int, bool) {
	kind := one.Field("kind")
	if kind == nil || kind.Value.YNode() == nil {
		return "", 0, false
	}
	line := kind.Value.YNode().Line
	next := sort.Search(len(m.documents), func(i int) bool { return m.documents[i].first > line })
	if next == 0 {
		return "", 0, false
	}
	found := m.documents[next-1]
	return found.path, line - found.first + 1 + found.above, true
}

// manifestsIn are the files that kustomizations name as resources, and not as content or anything else.
func manifestsIn(kustomizations []kustomization) []string {
	var manifests, others []string
	for _, one := range kustomizations {
		for _, name := range one.Resources {
			manifests = append(manifests, path.Join(one.folder, name))
		}
		for _, name := range one.content() {
			others = append(others, path.Join(one.folder, name))
		}
	}
	slices.Sort(manifests)
	return slices.DeleteFunc(slices.Compact(manifests), func(name string) bool { return slices.Contains(others, name) })
}
