// Package scheme is empty: the engine passes the known API versions with every request.
package scheme

import "k8s.io/apimachinery/pkg/runtime"

var Scheme = runtime.NewScheme()
