//go:build tools

// Package native names the real programs that the render engine is compared with.
package native

import (
	_ "helm.sh/helm/v4/cmd/helm"
	_ "sigs.k8s.io/kustomize/kustomize/v5"
)
