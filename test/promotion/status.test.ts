import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {TargetStatus} from '../../server/model/promotion.ts'
import {useCluster} from '../cluster/shared.ts'
import {answersWrongly, engineOn, follow, healthy, never, promotionOf, service, target, web} from './shop.ts'

const cluster = await useCluster()
const engine = engineOn(cluster)

test('whoever watches sees every phase of what another one does', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('watch'), {smoke: [healthy]})
  const other = target('staging', await cluster.namespace('watch-other'))
  const stop = new AbortController()
  const seen: string[] = []
  const statuses: (readonly TargetStatus[])[] = []
  const watching = (async () => {
    for await (const now of engine.watch([dev, other], stop.signal)) {
      statuses.push(now)
      const phase = now[0]?.phase ?? ''
      if (seen.at(-1) !== phase) seen.push(phase)
      if (phase === 'rolledBack') stop.abort()
    }
  })()
  const away = engineOn(cluster)
  await follow(away.promote(promotionOf(dev, [web(), service()]), never))
  await follow(away.promote(promotionOf(dev, [web({version: '2', annotations: answersWrongly}), service()]), never))
  await watching
  for (const phase of ['verified', 'smoke', 'rollingBack', 'rolledBack']) assert.ok(seen.includes(phase), `${phase} in ${seen.join(', ')}`)
  assert.deepEqual(new Set(statuses.map(now => now[1]?.phase)), new Set(['empty']))
  assert.equal(typeof statuses.at(-1)?.[0]?.lastRollbackSeconds, 'number')
})

test('a record that is damaged or another’s is said to be, and not overwritten', cluster.needed, async () => {
  const dev = target('dev', await cluster.namespace('damaged'))
  const path = `/api/v1/namespaces/${dev.namespace}/configmaps`
  await cluster.running.api.create(path, {metadata: {name: 'progression-shop-dev'}, data: {'state.json': '{'}})
  assert.match((await engine.status([dev], never))[0]?.message ?? '', /is damaged: state\.json is not JSON\. Restore it/)
  assert.match((await engine.plan(promotionOf(dev, [web()]), never)).refusals.join(), /is damaged/)
  await cluster.running.api.patch(`${path}/progression-shop-dev`, {
    data: {'state.json': JSON.stringify({version: 1, progression: 'shop', environment: 'dev-eu', target: 'x'})},
  })
  assert.match((await engine.status([dev], never))[0]?.message ?? '', /belongs to shop, dev-eu, x\. Choose another name or another state namespace/)
  await cluster.running.api.patch(`${path}/progression-shop-dev`, {data: {'state.json': JSON.stringify({version: 9})}})
  assert.match((await engine.status([dev], never))[0]?.message ?? '', /written by another version of progression \(format 9\)/)
})
