// Serves the programs of a Kubernetes control plane from one binary, chosen by the first argument: linked
// together they share most of their code, and are compiled and linked once instead of five times.
package main

import (
	"fmt"
	"os"

	"environment-progression/control-plane/lifeline"

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	kubectl "k8s.io/kubectl/pkg/cmd"
	kubectlerrors "k8s.io/kubectl/pkg/cmd/util"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
	controllermanager "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

// servers are the programs that run until their starter ends.
var servers = map[string]func() *cobra.Command{
	"kube-apiserver":          apiserver.NewAPIServerCommand,
	"kube-controller-manager": controllermanager.NewControllerManagerCommand,
	"kube-scheduler":          func() *cobra.Command { return scheduler.NewSchedulerCommand() },
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "Say which program to run: etcd, kube-apiserver, kube-controller-manager, kube-scheduler or kubectl.")
		os.Exit(2)
	}
	name := os.Args[1]
	os.Args = append([]string{name}, os.Args[2:]...)
	switch name {
	case "kubectl":
		// No lifeline: kubectl reads manifests from its standard input.
		if err := cli.RunNoErrOutput(kubectl.NewDefaultKubectlCommand()); err != nil {
			kubectlerrors.CheckErr(err)
		}
	case "etcd":
		lifeline.Hold()
		etcdmain.Main(os.Args)
	default:
		command, known := servers[name]
		if !known {
			fmt.Fprintf(os.Stderr, "There is no program %q in here.\n", name)
			os.Exit(2)
		}
		lifeline.Hold()
		os.Exit(cli.Run(command()))
	}
}
