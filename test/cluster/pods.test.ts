import assert from 'node:assert/strict'
import {once} from 'node:events'
import {type AddressInfo, createServer} from 'node:net'
import {test} from 'node:test'
import {KubeConfig, PortForward} from '@kubernetes/client-node'
import {useCluster} from './shared.ts'
import {apply, deployment, podsOf, waitFor} from './workloads.ts'

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`
const cluster = await useCluster({
  answer: ({image, environment}, {path}) => {
    if (path === '/which') return {status: 200, body: {image, greeting: environment.GREETING ?? 'none'}}
    if (path === '/throw') throw new Error('the answer itself is broken')
    return undefined
  },
})

/** Asks a pod the way the product does: by the port-forward of client-node. */
async function ask(namespace: string, app: string, path: string, port = 8080): Promise<{status: number; text: string}> {
  const [pod] = (await podsOf(cluster.running, namespace, app)).filter(({metadata}) => metadata.deletionTimestamp === undefined)
  const config = new KubeConfig()
  config.loadFromFile(cluster.running.kubeconfig)
  const forward = new PortForward(config)
  const server = createServer(socket => {
    forward.portForward(namespace, pod?.metadata.name ?? '', [port], socket, null, socket).catch(() => socket.destroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  try {
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {headers: {connection: 'close'}})
    return {status: response.status, text: await response.text()}
  } finally {
    server.close()
  }
}

async function run(
  name: string,
  workload: Omit<Parameters<typeof deployment>[0], 'name' | 'namespace'>,
  ...more: ((namespace: string) => object)[]
): Promise<string> {
  const namespace = await cluster.namespace(name)
  await apply(cluster.running, ...more.map(make => make(namespace)), deployment({namespace, name: 'web', ...workload}))
  await waitFor(cluster.running, namespace, 'deployment/web', 'condition=Available')
  return namespace
}

test('a pod answers over a port-forward by default', cluster.needed, async () => {
  const namespace = await run('default', {image: 'example/web:2.3.4', container: {readinessProbe: {httpGet: {path: '/_ready', port: 8080}}}})
  assert.deepEqual(await ask(namespace, 'web', '/healthz'), {status: 200, text: 'ok\n'})
  assert.deepEqual(await ask(namespace, 'web', '/_ready?verbose'), {status: 200, text: 'ok\n'})
  assert.deepEqual(await ask(namespace, 'web', '/api/version'), {status: 200, text: '{"version":"2.3.4","image":"example/web:2.3.4"}'})
  assert.equal((await ask(namespace, 'web', '/elsewhere')).status, 404)
})

test('a pod answers what its annotation says', cluster.needed, async () => {
  const answers = {'/healthz': {status: 500, body: 'broken'}, '*': {status: 418, body: {short: 'and stout'}}}
  const namespace = await run('annotation', {annotations: {'sim.progression.dev/answers': JSON.stringify(answers)}})
  assert.deepEqual(await ask(namespace, 'web', '/healthz'), {status: 500, text: 'broken'})
  assert.deepEqual(await ask(namespace, 'web', '/other'), {status: 418, text: '{"short":"and stout"}'})
})

test('each pod answers by its own image, and the new one after a rollout', cluster.needed, async () => {
  const namespace = await run('image', {image: `example/web@${digest}`})
  await apply(cluster.running, deployment({namespace, name: 'api', image: 'example/api:7'}))
  await waitFor(cluster.running, namespace, 'deployment/api', 'condition=Available')
  assert.equal((await ask(namespace, 'web', '/which')).text, `{"image":"example/web@${digest}","greeting":"none"}`)
  assert.equal((await ask(namespace, 'api', '/which')).text, '{"image":"example/api:7","greeting":"none"}')
  await apply(cluster.running, deployment({namespace, name: 'api', image: 'example/api:8'}))
  const {code, errors} = await cluster.running.kubectl(['rollout', 'status', '--namespace', namespace, 'deployment/api', '--timeout=30s'])
  assert.equal(code, 0, errors)
  assert.equal((await ask(namespace, 'api', '/which')).text, '{"image":"example/api:8","greeting":"none"}')
})

test('a pod sees the ConfigMaps of its environment', cluster.needed, async () => {
  const settings = (namespace: string) => ({apiVersion: 'v1', kind: 'ConfigMap', metadata: {namespace, name: 'settings'}, data: {GREETING: 'good morning'}})
  const namespace = await run('environment', {container: {envFrom: [{configMapRef: {name: 'settings'}}]}}, settings)
  assert.match((await ask(namespace, 'web', '/which')).text, /"greeting":"good morning"/)
})

test('a request is in the pod’s log, an answer that throws is a 500', cluster.needed, async () => {
  const namespace = await run('log', {})
  assert.match((await ask(namespace, 'web', '/throw')).text, /the answer itself is broken/)
  const {output} = await cluster.running.kubectl(['logs', '--namespace', namespace, 'deployment/web'])
  assert.match(output, /^web-\S+ started\nGET \/throw 500\n$/)
  assert.partialDeepStrictEqual(cluster.own.requests.at(-1), {namespace, path: '/throw', status: 500, port: 8080})
})

test('kubectl port-forward works too, and a port nobody declared does not', cluster.needed, async () => {
  const namespace = await run('forward', {})
  const [pod] = await podsOf(cluster.running, namespace, 'web')
  const name = pod?.metadata.name ?? ''
  const good = await cluster.running.forward(namespace, name, 8080)
  assert.equal((await fetch(`${good.url}/healthz`)).status, 200)
  await good.close()
  const bad = await cluster.running.forward(namespace, name, 9999)
  await assert.rejects(fetch(`${bad.url}/healthz`))
  await bad.close()
})

test('containers report the digest that they run', cluster.needed, async () => {
  const namespace = await run('digest', {image: `registry:5000/example/web:1.0@${digest}`})
  await apply(cluster.running, deployment({namespace, name: 'tagged', image: 'registry:5000/example/web:1.0', replicas: 2}))
  await waitFor(cluster.running, namespace, 'deployment/tagged', 'condition=Available', 'jsonpath={.status.availableReplicas}=2')
  const [pinned] = await podsOf(cluster.running, namespace, 'web')
  assert.equal(pinned?.status.containerStatuses[0]?.imageID, `registry:5000/example/web@${digest}`)
  const tagged = (await podsOf(cluster.running, namespace, 'tagged')).map(({status}) => status.containerStatuses[0]?.imageID)
  assert.match(tagged[0] ?? '', /^registry:5000\/example\/web@sha256:[0-9a-f]{64}$/)
  assert.equal(tagged[0], tagged[1])
})

/** The one pod of a Deployment that never becomes available, as `pod/name`. */
async function unready(namespace: string, annotation: string): Promise<string> {
  await apply(cluster.running, deployment({namespace, name: 'web', annotations: {[`sim.progression.dev/${annotation}`]: 'true'}}))
  await waitFor(cluster.running, namespace, 'deployment/web', 'jsonpath={.status.unavailableReplicas}=1')
  const [pod] = await podsOf(cluster.running, namespace, 'web')
  return `pod/${pod?.metadata.name}`
}

test('a pod that is never ready runs', cluster.needed, async () => {
  const namespace = await cluster.namespace('never')
  const pod = await unready(namespace, 'never-ready')
  await waitFor(cluster.running, namespace, pod, 'jsonpath={.status.phase}=Running', 'condition=Ready=false')
})

test('a pod that crashes backs off and counts its restarts', cluster.needed, async () => {
  const namespace = await cluster.namespace('crash')
  const pod = await unready(namespace, 'crash')
  const container = 'jsonpath={.status.containerStatuses[0]'
  await waitFor(cluster.running, namespace, pod, `${container}.state.waiting.reason}=CrashLoopBackOff`, `${container}.restartCount}=3`)
})

test('a pod whose image cannot be pulled says so', cluster.needed, async () => {
  const namespace = await cluster.namespace('pull')
  const pod = await unready(namespace, 'image-pull-fails')
  await waitFor(cluster.running, namespace, pod, 'jsonpath={.status.containerStatuses[0].state.waiting.reason}=ImagePullBackOff')
})

test('a pod ends as slowly as its annotation says, and answers meanwhile', cluster.needed, async () => {
  const namespace = await run('slow', {annotations: {'sim.progression.dev/terminates-after': '1m'}})
  const [pod] = await podsOf(cluster.running, namespace, 'web')
  const one = `pod/${pod?.metadata.name}`
  await cluster.running.kubectl(['delete', one, '--namespace', namespace, '--wait=false'])
  await waitFor(cluster.running, namespace, 'deployment/web', 'jsonpath={.status.readyReplicas}=1')
  const {output} = await cluster.running.kubectl(['get', one, '--namespace', namespace, '--output=jsonpath={.metadata.deletionTimestamp} {.status.phase}'])
  assert.match(output, /^\S+Z Running$/)
  const forward = await cluster.running.forward(namespace, pod?.metadata.name ?? '', 8080)
  assert.equal((await fetch(`${forward.url}/healthz`)).status, 200)
  await forward.close()
})
