package main

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
	release "helm.sh/helm/v4/pkg/release/v1/util"
	"helm.sh/helm/v4/pkg/strvals"
)

// renderChart does what `helm template --include-crds` does: definitions, then objects by kind in the order of an
// installation, then hooks, which keep their annotations.
func renderChart(asked request) ([]manifest, error) {
	loaded, places, err := loadChart(asked)
	if err != nil {
		return nil, err
	}
	values, err := mergeValues(asked)
	if err != nil {
		return nil, err
	}
	if missing := missingDependencies(loaded); len(missing) > 0 {
		return nil, &beyond{fmt.Sprintf("The chart %s needs %s, which its charts folder does not hold. `helm dependency build` fetches it.", asked.Folder, strings.Join(missing, ", "))}
	}
	files, err := executeTemplates(loaded, values, asked)
	if err != nil {
		return nil, places.problem(err)
	}
	hooks, objects, err := release.SortManifests(files, nil, release.InstallOrder)
	if err != nil {
		return nil, places.problem(err)
	}
	var manifests []manifest
	add := func(name string, content []byte) error {
		origin := places.of(name)
		found, err := readObjects(origin, content)
		if problem, ok := err.(*failure); ok {
			// The line is one of the rendered text, which nobody can open.
			return &failure{file: origin, message: fmt.Sprintf("%s renders to what is no object: %s", name, problem.message)}
		}
		for _, object := range found {
			manifests = append(manifests, manifest{Object: object, Origin: origin})
		}
		return err
	}
	for _, definition := range loaded.CRDObjects() {
		if err := add(definition.Filename, definition.File.Data); err != nil {
			return nil, err
		}
	}
	for _, object := range objects {
		if err := add(object.Name, []byte(object.Content)); err != nil {
			return nil, err
		}
	}
	for _, hook := range hooks {
		if err := add(hook.Path, []byte(hook.Manifest)); err != nil {
			return nil, err
		}
	}
	return manifests, nil
}

func executeTemplates(loaded *chart.Chart, values map[string]any, asked request) (map[string]string, error) {
	if kind := loaded.Metadata.Type; kind != "" && kind != "application" {
		return nil, fmt.Errorf("%s charts are not installable", kind)
	}
	capabilities, err := capabilitiesFor(asked)
	if err != nil {
		return nil, err
	}
	if wanted := loaded.Metadata.KubeVersion; wanted != "" && !chartutil.IsCompatibleRange(wanted, capabilities.KubeVersion.String()) {
		return nil, fmt.Errorf("chart requires kubeVersion: %s which is incompatible with Kubernetes %s", wanted, capabilities.KubeVersion.Version)
	}
	if err := chartutil.ProcessDependencies(loaded, values); err != nil {
		return nil, err
	}
	// What `helm template` takes when it is told neither.
	name, namespace := cmp.Or(asked.Release, "release-name"), cmp.Or(asked.Namespace, "default")
	options := common.ReleaseOptions{Name: name, Namespace: namespace, Revision: 1, IsInstall: true}
	top, err := util.ToRenderValues(loaded, values, options, capabilities)
	if err != nil && strings.Contains(err.Error(), "HTTP request failed") {
		// A schema that would be loaded over the network cannot check the values; what they render to is the same.
		top, err = util.ToRenderValuesWithSchemaValidation(loaded, values, options, capabilities, true)
	}
	if err != nil {
		return nil, err
	}
	files, err := engine.Engine{}.Render(loaded, top)
	for name := range files {
		if strings.HasSuffix(name, "NOTES.txt") {
			delete(files, name)
		}
	}
	return files, err
}

func mergeValues(asked request) (map[string]any, error) {
	values := map[string]any{}
	for _, name := range asked.Values {
		input := asked.file(name)
		if input == nil {
			return nil, &failure{file: name, message: fmt.Sprintf("%s does not exist.", name)}
		}
		more, err := loader.LoadValues(bytes.NewReader(bytes.TrimPrefix(input.data, utf8bom)))
		if err != nil {
			message, _ := yamlProblem(err)
			return nil, &failure{name, brokenLine(input.data), fmt.Sprintf("cannot load %s: %s", name, message)}
		}
		values = loader.MergeMaps(values, more)
	}
	for _, setting := range asked.Set {
		if err := strvals.ParseInto(setting, values); err != nil {
			return nil, fmt.Errorf("cannot read the value %q: %w", setting, err)
		}
	}
	return values, nil
}

func capabilitiesFor(asked request) (*common.Capabilities, error) {
	capabilities := common.DefaultCapabilities.Copy()
	capabilities.APIVersions = append(append(common.VersionSet{}, builtInVersions...), asked.APIVersions...)
	if asked.KubernetesVersion == "" {
		return capabilities, nil
	}
	version, err := common.ParseKubeVersion(asked.KubernetesVersion)
	if err != nil {
		return nil, fmt.Errorf("the Kubernetes version %q cannot be read: %w", asked.KubernetesVersion, err)
	}
	capabilities.KubeVersion = *version
	return capabilities, nil
}

func missingDependencies(loaded *chart.Chart) []string {
	var missing []string
	for _, wanted := range loaded.Metadata.Dependencies {
		found := false
		for _, one := range loaded.Dependencies() {
			found = found || one.Name() == wanted.Name
		}
		if !found {
			from := ""
			if wanted.Repository != "" {
				from = " from " + wanted.Repository
			}
			missing = append(missing, wanted.Name+" "+wanted.Version+from)
		}
	}
	return missing
}
