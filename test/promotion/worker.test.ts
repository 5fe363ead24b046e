import assert from 'node:assert/strict'
import {after, test} from 'node:test'
import {ClusterWorker} from '../../server/cluster/client.ts'
import {useCluster} from '../cluster/shared.ts'
import {follow, healthy, never, promotionOf, service, target, web} from './shop.ts'

const cluster = await useCluster()
const logged: string[] = []
const worker = new ClusterWorker({
  worker: new URL('../../server/cluster/worker.ts', import.meta.url),
  kubeconfig: {path: cluster.needed.skip === undefined ? cluster.running.kubeconfig : ''},
  log: message => logged.push(message),
})
after(() => worker.close())

test('the engine does in its thread what it does in this one', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('worker'), {smoke: [healthy]})
  const request = promotionOf(dev, [web(), service()])
  const plan = await worker.plan(request, never)
  assert.deepEqual(plan.refusals, [])
  const {outcome} = await follow(worker.promote({...request, agreed: plan.digest}, never))
  assert.equal(outcome.result, 'verified', outcome.message)
  assert.equal((await worker.status([dev], never))[0]?.phase, 'verified')
  const back = await worker.planRollback({targets: [dev], to: '0'}, never)
  assert.equal((await follow(worker.rollback({targets: [dev], to: '0', agreed: back.digest}, never))).outcome.result, 'rolledBack')
})

test('a stop reaches the thread', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('worker-stop'))
  const slow = promotionOf(dev, [web({annotations: {'sim.progression.dev/ready-after': '60s'}})])
  const stop = new AbortController()
  let outcome: string | undefined
  for await (const event of worker.promote(slow, stop.signal)) {
    if (event.kind === 'progress') stop.abort()
    if (event.kind === 'outcome') outcome = event.outcome.message
  }
  assert.match(outcome ?? '', /stopped by local: stopped while the release was rolling out; the new release serves, unverified/)
})

test('a thread that dies in the midst ends the run with a word on how to go on, and the next call goes on', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('worker-dies'))
  const request = promotionOf(dev, [web({annotations: {'sim.progression.dev/ready-after': '3s'}})])
  const watching = worker.watch([dev], never)[Symbol.asyncIterator]()
  assert.equal((await watching.next()).value?.[0]?.phase, 'empty')
  let last = ''
  for await (const event of worker.promote(request, never)) {
    if (event.kind === 'progress') await worker.kill()
    if (event.kind === 'outcome') last = `${event.outcome.result}: ${event.outcome.message}`
  }
  assert.match(last, /^blocked: dev: interrupted, resume: the cluster thread ended\. Promote r[0-9a-f]{10} again to go on, or roll back; /)
  assert.deepEqual(logged, ['the cluster thread ended.'])
  for (let watched = await watching.next(); !watched.done; watched = await watching.next());
  assert.equal((await worker.status([dev], never))[0]?.phase, 'rollingOut')
  assert.match((await worker.plan(request, never)).remarks.join(), /Goes on with revision 1, which local began and left rollingOut/)
  const {outcome} = await follow(worker.promote(request, never))
  assert.equal(outcome.result, 'verified', outcome.message)
})

test('a program that is not there is an answer, not a crash', async () => {
  const broken = new ClusterWorker({worker: new URL('missing.ts', import.meta.url)})
  const dev = target('dev', 'x')
  assert.match((await broken.plan(promotionOf(dev, [web()]), never)).refusals[0] ?? '', /^Interrupted: the cluster thread died: .*missing\.ts/)
  assert.match((await broken.status([dev], never))[0]?.message ?? '', /the cluster thread died/)
  assert.equal((await follow(broken.promote(promotionOf(dev, [web()]), never))).outcome.result, 'blocked')
})
