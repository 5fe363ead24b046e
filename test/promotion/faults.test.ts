import assert from 'node:assert/strict'
import {test} from 'node:test'
import {useCluster} from '../cluster/shared.ts'
import {answersWrongly, engineOn, follow, healthy, never, promotionOf, service, target, web} from './shop.ts'

const cluster = await useCluster({own: true})
const engine = engineOn(cluster)

test('an API server that goes away while a release rolls out decides nothing, and the promotion goes on when it is back', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('away'), {smoke: [healthy]})
  const slow = promotionOf(dev, [web({annotations: {'sim.progression.dev/ready-after': '8s'}}), service()])
  let isBack: Promise<void> | undefined
  let last = ''
  for await (const event of engine.promote(slow, never)) {
    if (event.kind === 'progress' && isBack === undefined) {
      await cluster.own.stopApiServer()
      isBack = cluster.own.startApiServer()
    }
    if (event.kind === 'outcome') last = `${event.outcome.result}: ${event.outcome.message}`
  }
  await isBack
  assert.match(last, /^verified: /)
})

test('an API server that goes away while a rollback is under way delays it and no more', cluster.needed, async () => {
  // Controllers take up to half a minute to come back after the API server: that is theirs, and not what is tested.
  const dev = target('dev', await cluster.namespace('back'), {smoke: [healthy], rolloutTimeout: 300_000})
  await follow(engine.promote(promotionOf(dev, [web(), service()]), never))
  let isBack: Promise<void> | undefined
  let last = ''
  for await (const event of engine.promote(promotionOf(dev, [web({version: '2', annotations: answersWrongly}), service()]), never)) {
    if (event.kind === 'phase' && event.phase === 'rollingBack') {
      await cluster.own.stopApiServer()
      isBack = cluster.own.startApiServer()
    }
    if (event.kind === 'outcome') last = `${event.outcome.result}: ${event.outcome.message}`
  }
  await isBack
  assert.match(last, /^rolledBack: /)
  assert.equal((await engine.status([dev], never))[0]?.phase, 'rolledBack')
})
