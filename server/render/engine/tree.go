package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// tree is the work tree in memory, for reading alone; it remembers what was asked for in vain. Kustomize's own memory file
// system refuses spaces and other characters that names of files may have.
type tree struct {
	files   map[string][]byte
	folders map[string]bool
	misses  map[string]bool
}

var errReadOnly = errors.New("the work tree is not written to")

func newTree(asked request) *tree {
	t := &tree{files: map[string][]byte{}, folders: map[string]bool{"/": true, root: true}, misses: map[string]bool{}}
	for _, folder := range asked.Folders {
		t.addFolder(path.Join(root, folder))
	}
	for _, input := range asked.Files {
		name := path.Join(root, input.Path)
		t.files[name] = input.data
		t.addFolder(path.Dir(name))
	}
	return t
}

func (t *tree) addFolder(name string) {
	for ; !t.folders[name]; name = path.Dir(name) {
		t.folders[name] = true
	}
}

func (t *tree) ReadFile(name string) ([]byte, error) {
	name = path.Clean(name)
	if data, found := t.files[name]; found {
		return slices.Clone(data), nil
	}
	if t.folders[name] {
		return nil, fmt.Errorf("'%s' is a folder", name)
	}
	return nil, t.miss(name)
}

func (t *tree) CleanedAbs(name string) (filesys.ConfirmedDir, string, error) {
	name = path.Clean(name)
	if t.folders[name] {
		return filesys.ConfirmedDir(name), "", nil
	}
	if _, found := t.files[name]; found {
		return filesys.ConfirmedDir(path.Dir(name)), path.Base(name), nil
	}
	return "", "", t.miss(name)
}

func (t *tree) Exists(name string) bool {
	name = path.Clean(name)
	if _, found := t.files[name]; found || t.folders[name] {
		return true
	}
	_ = t.miss(name)
	return false
}

func (t *tree) IsDir(name string) bool { return t.folders[path.Clean(name)] }

func (t *tree) ReadDir(name string) ([]string, error) {
	name = path.Clean(name)
	if !t.folders[name] {
		return nil, t.miss(name)
	}
	var names []string
	for other := range t.files {
		if path.Dir(other) == name {
			names = append(names, path.Base(other))
		}
	}
	for other := range t.folders {
		if path.Dir(other) == name && other != name {
			names = append(names, path.Base(other))
		}
	}
	slices.Sort(names)
	return names, nil
}

func (t *tree) Glob(pattern string) ([]string, error) {
	var names []string
	for name := range t.files {
		matched, err := path.Match(pattern, name)
		if err != nil {
			return nil, err
		}
		if matched {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}

func (t *tree) miss(name string) error {
	if inside, below := strings.CutPrefix(name, root+"/"); below {
		t.misses[inside] = true
	}
	return fmt.Errorf("'%s' doesn't exist", name)
}

func (t *tree) missing() []string {
	names := make([]string, 0, len(t.misses))
	for name := range t.misses {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (t *tree) Create(string) (filesys.File, error)           { return nil, errReadOnly }
func (t *tree) Mkdir(string) error                            { return errReadOnly }
func (t *tree) MkdirAll(string) error                         { return errReadOnly }
func (t *tree) RemoveAll(string) error                        { return errReadOnly }
func (t *tree) WriteFile(string, []byte) error                { return errReadOnly }
func (t *tree) Walk(string, filepath.WalkFunc) error          { return fs.ErrInvalid }
func (t *tree) Open(name string) (file filesys.File, _ error) { return nil, fs.ErrInvalid }
