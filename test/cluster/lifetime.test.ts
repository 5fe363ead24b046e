import assert from 'node:assert/strict'
import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {existsSync} from 'node:fs'
import {createServer} from 'node:net'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {test} from 'node:test'
import {setTimeout as sleep} from 'node:timers/promises'
import {isAlive} from './lock.ts'
import {ProgramFailed} from './program.ts'
import {sharedKubeconfig, useCluster} from './shared.ts'
import {startCluster} from './start.ts'
import {apply, deployment, waitFor} from './workloads.ts'

const cluster = await useCluster({own: true})

type Started = {child: ChildProcess; folder: string; processes: number[]}

/** Starts a cluster in a process of its own, which says what it has started. */
async function startElsewhere(): Promise<Started> {
  const script = `
    import {startCluster} from ${JSON.stringify(join(import.meta.dirname, 'start.ts'))}
    const {folder, processes} = await startCluster()
    console.log(JSON.stringify({folder, processes: [...processes.values()]}))
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {stdio: ['ignore', 'pipe', 'inherit']})
  for await (const line of createInterface({input: child.stdout})) return {child, ...(JSON.parse(line) as {folder: string; processes: number[]})}
  throw new Error('The other process started no cluster.')
}

/** Waits until none of them runs; fails after ten seconds. */
async function allEnd(processes: readonly number[]): Promise<void> {
  const deadline = Date.now() + 10_000
  while (processes.some(isAlive)) {
    assert.ok(Date.now() < deadline, `${processes.filter(isAlive).length} of ${processes.length} processes still run`)
    await sleep(20)
  }
}

test('no process outlives a starter that was killed', cluster.needed, async () => {
  const {child, processes} = await startElsewhere()
  assert.equal(processes.filter(isAlive).length, 5)
  child.kill('SIGKILL')
  await allEnd(processes)
})

test('a starter that is told to end leaves neither process nor folder, and ends by that signal', cluster.needed, async () => {
  const {child, folder, processes} = await startElsewhere()
  assert.ok(existsSync(folder))
  child.kill('SIGTERM')
  const [, signal] = await once(child, 'exit')
  assert.equal(signal, 'SIGTERM')
  await allEnd(processes)
  assert.equal(existsSync(folder), false)
})

test('test files share the cluster of an outer runner and leave it running', cluster.needed, async () => {
  const {own} = cluster
  process.env[sharedKubeconfig] = own.kubeconfig
  try {
    const shared = await useCluster()
    assert.equal(shared.running.uid, own.uid)
    const namespace = await shared.namespace('shared')
    await apply(shared.running, deployment({namespace, name: 'web'}))
    await waitFor(shared.running, namespace, 'deployment/web', 'condition=Available')
    await shared.end()
    const {output} = await own.kubectl(['get', 'namespace', namespace, '--ignore-not-found', '--output=jsonpath={.status.phase}'])
    assert.notEqual(output, 'Active')
    assert.equal(await own.api.isReady(), true)
    const alone = await useCluster({own: true})
    assert.notEqual(alone.running.uid, own.uid)
    await alone.end()
  } finally {
    delete process.env[sharedKubeconfig]
  }
})

test('a start can be ended', cluster.needed, async () => {
  const controller = new AbortController()
  const progress = (_done: number, _total: number, what: string) => {
    if (what.startsWith('Starting controllers')) controller.abort(new Error('enough'))
  }
  await assert.rejects(startCluster({signal: controller.signal, progress}), /enough/)
})

// Last: clients that lost the API server wait longer and longer before they try again.
test('the API server goes and comes back with its data, and the controllers find it again', cluster.needed, async () => {
  const {own} = cluster
  const namespace = await cluster.namespace('restart')
  await apply(own, deployment({namespace, name: 'before'}))
  await waitFor(own, namespace, 'deployment/before', 'condition=Available')
  await own.stopApiServer()
  assert.equal(await own.api.isReady(), false)
  assert.equal(own.processes.has('kube-apiserver'), false)
  await own.startApiServer()
  await apply(own, deployment({namespace, name: 'after'}))
  await waitFor(own, namespace, 'deployment/before', 'condition=Available')
  await waitFor(own, namespace, 'deployment/after', 'condition=Available')
})

test('a program that cannot start is an error with the end of its log', cluster.needed, async () => {
  const {own} = cluster
  await own.stopApiServer()
  const taken = createServer().listen(Number(new URL(own.server).port), '127.0.0.1')
  await once(taken, 'listening')
  await assert.rejects(own.startApiServer(), (error: unknown) => {
    assert.ok(error instanceof ProgramFailed)
    assert.match(error.message, /^kube-apiserver ended with code 1\./)
    assert.match(error.message, /address already in use/)
    return true
  })
  taken.close()
  await own.startApiServer()
})
