package main

import (
	"bytes"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unsafe"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/loader/archive"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
)

// places tells where a template of a chart stands, by the name that Helm gives it (chart/charts/subchart/templates/…).
type places struct {
	files    map[*byte]string // the bytes of a file are handed on, never copied, from loading to rendering
	chart    *chart.Chart
	folder   string
	previous map[string]string
}

func loadChart(asked request) (*chart.Chart, *places, error) {
	where := &places{files: map[*byte]string{}, folder: asked.Folder, previous: map[string]string{}}
	var files []*archive.BufferedFile
	for _, input := range asked.Files {
		name, below := within(asked.Folder, input.As)
		if !below {
			continue
		}
		data := bytes.TrimPrefix(input.data, utf8bom)
		where.files[unsafe.SliceData(data)] = input.Path
		files = append(files, &archive.BufferedFile{Name: name, Data: data})
	}
	loaded, err := loader.LoadFiles(files)
	if err != nil {
		return nil, nil, where.loading(err, asked)
	}
	where.chart = loaded
	return loaded, where, nil
}

var loadingFile = regexp.MustCompile(`cannot load (\S+): `)

// loading finds the file of an error in Chart.yaml or values.yaml by reading it again.
func (p *places) loading(err error, asked request) error {
	problem := &failure{file: path.Join(asked.Folder, "Chart.yaml"), message: err.Error()}
	if found := loadingFile.FindStringSubmatch(problem.message); found != nil {
		for _, input := range asked.Files {
			if path.Base(input.Path) != found[1] {
				continue
			}
			if line := brokenLine(input.data); line > 0 {
				problem.file, problem.line = input.Path, line
				return problem
			}
		}
	}
	return problem
}

// of gives the file of a template; for one out of a packed subchart the chart's own folder.
func (p *places) of(name string) string {
	if len(p.previous) == 0 {
		p.collect(p.chart, p.folder)
	}
	if place, found := p.previous[name]; found {
		return place
	}
	return path.Join(p.folder, "Chart.yaml")
}

func (p *places) collect(one *chart.Chart, fallback string) {
	for _, group := range [][]*common.File{one.Templates, one.Files} {
		for _, template := range group {
			place, found := p.files[unsafe.SliceData(template.Data)]
			if !found {
				place = fallback
			}
			p.previous[path.Join(one.ChartFullPath(), template.Name)] = place
		}
	}
	for _, dependency := range one.Dependencies() {
		p.collect(dependency, p.packed(one, dependency, fallback))
	}
}

// packed is the archive a subchart came from, where it came from one.
func (p *places) packed(one, dependency *chart.Chart, fallback string) string {
	for _, raw := range one.Raw {
		if strings.HasPrefix(raw.Name, "charts/") && strings.HasSuffix(raw.Name, ".tgz") && strings.Contains(raw.Name, dependency.Metadata.Version) {
			if place, found := p.files[unsafe.SliceData(raw.Data)]; found {
				return place
			}
		}
	}
	return fallback
}

// Helm writes `chart/templates/x.yaml:12:4` or `YAML parse error on chart/templates/x.yaml: …`.
var inTemplate = regexp.MustCompile(`([\w.-]+(?:/[^\s:()"']+)+)(?::(\d+))?`)

func (p *places) problem(err error) error {
	message := strings.TrimSpace(err.Error())
	problem := &failure{message: message}
	for _, found := range inTemplate.FindAllStringSubmatch(message, -1) {
		p.of(found[1])
		if place, known := p.previous[found[1]]; known {
			problem.file = place
			problem.line, _ = strconv.Atoi(found[2])
			// Helm lists the callers first; the last place is where it went wrong, the first one is what the author rendered.
			break
		}
	}
	if problem.file == "" {
		problem.file = path.Join(p.folder, "Chart.yaml")
	}
	return problem
}
