import assert from 'node:assert/strict'
import {test} from 'node:test'
import {KubeConfig, VersionApi} from '@kubernetes/client-node'
import {kubernetesVersion} from './build.ts'
import {type IdentityName, identityNames} from './identities.ts'
import {useCluster} from './shared.ts'
import {apply, deployment, job, podsOf, waitFor} from './workloads.ts'

const cluster = await useCluster()

test('is a Kubernetes of the version it says', cluster.needed, async () => {
  const {code, output, errors} = await cluster.running.kubectl(['version'])
  assert.equal(code, 0, errors)
  assert.match(output, new RegExp(`Client Version: ${kubernetesVersion}`))
  assert.match(output, new RegExp(`Server Version: ${kubernetesVersion}`))
})

test('is known by the uid of kube-system', cluster.needed, async () => {
  const {output} = await cluster.running.kubectl(['get', 'namespace', 'kube-system', '--output=jsonpath={.metadata.uid}'])
  assert.equal(cluster.running.uid, output)
})

test('its kubeconfig works in client-node, one context an identity', cluster.needed, async () => {
  const config = new KubeConfig()
  config.loadFromFile(cluster.running.kubeconfig)
  assert.deepEqual(
    config.getContexts().map(context => context.name),
    [...identityNames],
  )
  for (const name of identityNames) {
    config.setCurrentContext(name)
    const {gitVersion} = await config.makeApiClient(VersionApi).getCode()
    assert.equal(gitVersion, kubernetesVersion)
  }
})

type Review = {status: {allowed: boolean}}

const rights: Partial<Record<IdentityName, Record<string, boolean>>> = {
  developer: {
    'create apps deployments': true,
    'create - namespaces': true,
    'create - pods/portforward': true,
    'update coordination.k8s.io leases': true,
    'promote progression.dev promotions': true,
    'approve progression.dev promotions': false,
    'get - secrets': false,
  },
  viewer: {'list apps deployments': true, 'watch - pods': true, 'create - configmaps': false, 'promote progression.dev promotions': false},
  approver: {
    'approve progression.dev promotions': true,
    'update - configmaps progression-grants': true,
    'update - configmaps other': false,
    'promote progression.dev promotions': false,
  },
  nobody: {'get - pods': false, 'list - namespaces': false},
}

for (const [identity, expected] of Object.entries(rights)) {
  test(`${identity} may do what the name says`, cluster.needed, async () => {
    const api = cluster.running.as(identity as IdentityName)
    const ask = async (right: string) => {
      const [verb, group = '', path = '', name] = right.split(' ')
      const [resource, subresource] = path.split('/')
      const resourceAttributes = {namespace: 'default', verb, group: group === '-' ? '' : group, resource, subresource, name}
      const review = await api.create<Review>('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {spec: {resourceAttributes}})
      return [right, review.status.allowed]
    }
    const found = Object.fromEntries(await Promise.all(Object.keys(expected).map(ask)))
    api.close()
    assert.deepEqual(found, expected)
  })
}

test('a Deployment becomes available, spread over the nodes', cluster.needed, async () => {
  const namespace = await cluster.namespace('deployment')
  await apply(cluster.running, deployment({namespace, name: 'web', replicas: 3}))
  await waitFor(cluster.running, namespace, 'deployment/web', 'condition=Available')
  const pods = await podsOf(cluster.running, namespace, 'web')
  assert.equal(new Set(pods.map(pod => pod.spec.nodeName)).size, 3)
  assert.equal(new Set(pods.map(pod => pod.status.podIP)).size, 3)
})

test('StatefulSets, DaemonSets and autoscalers are under their controllers', cluster.needed, async () => {
  const namespace = await cluster.namespace('controllers')
  const pod = (app: string) => ({
    selector: {matchLabels: {app}},
    template: {metadata: {labels: {app}}, spec: {containers: [{name: 'main', image: `example/${app}`}]}},
  })
  await apply(
    cluster.running,
    {apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: {namespace, name: 'store'}, spec: {replicas: 2, serviceName: 'store', ...pod('store')}},
    {apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: {namespace, name: 'agent'}, spec: pod('agent')},
    deployment({namespace, name: 'web', replicas: 1}),
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: {namespace, name: 'web'},
      spec: {minReplicas: 2, maxReplicas: 4, scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}},
    },
  )
  await waitFor(cluster.running, namespace, 'statefulset/store', 'jsonpath={.status.readyReplicas}=2')
  await waitFor(cluster.running, namespace, 'daemonset/agent', 'jsonpath={.status.numberAvailable}=3')
  // The autoscaler has no metrics here, but holds its bounds.
  await waitFor(cluster.running, namespace, 'deployment/web', 'jsonpath={.status.availableReplicas}=2')
})

test('a Job completes, or fails with the exit code of its annotation', cluster.needed, async () => {
  const namespace = await cluster.namespace('jobs')
  const annotations = {'sim.progression.dev/exit-code': '3', 'sim.progression.dev/logs': 'GET /healthz\n500 Internal Server Error'}
  await apply(cluster.running, job({namespace, name: 'good'}), job({namespace, name: 'bad', annotations}))
  await waitFor(cluster.running, namespace, 'job/good', 'condition=Complete')
  await waitFor(cluster.running, namespace, 'job/bad', 'condition=Failed')
  const [pod] = await podsOf(cluster.running, namespace, 'bad')
  assert.partialDeepStrictEqual(pod?.status, {phase: 'Failed', containerStatuses: [{state: {terminated: {exitCode: 3, reason: 'Error'}}}]})
  const {output} = await cluster.running.kubectl(['logs', '--namespace', namespace, 'job/bad'])
  assert.equal(output, 'GET /healthz\n500 Internal Server Error\n')
})

test('a Job that is deleted while it runs goes away with its pod', cluster.needed, async () => {
  const namespace = await cluster.namespace('deleted')
  await apply(cluster.running, job({namespace, name: 'long', annotations: {'sim.progression.dev/completes-after': '1h'}}))
  await waitFor(cluster.running, namespace, 'job/long', 'jsonpath={.status.ready}=1')
  const {code, errors} = await cluster.running.kubectl(['delete', 'job/long', '--namespace', namespace, '--cascade=foreground', '--timeout=30s'])
  assert.equal(code, 0, errors)
  assert.deepEqual(await podsOf(cluster.running, namespace, 'long'), [])
})
