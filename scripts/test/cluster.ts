import {sharedKubeconfig} from '../../test/cluster/shared.ts'
import {startCluster} from '../../test/cluster/start.ts'
import type {Part} from './part.ts'
import {passed} from './tally.ts'

/** One real Kubernetes for every test file that needs one and none of its own; compiled where it is not in the cache. */
export function sharedCluster(shared: AsyncDisposableStack): Part {
  return {
    name: 'cluster',
    title: 'Local Kubernetes',
    needs: ['go'],
    async run({task, signal}) {
      const cluster = await startCluster({signal, progress: (done, total, what) => task.update(what, done / total)})
      shared.defer(() => cluster.stop())
      process.env[sharedKubeconfig] = cluster.kubeconfig
      return passed
    },
  }
}
