import assert from 'node:assert/strict'
import {test} from 'node:test'
import {hover} from '../../server/features/hover.ts'
import {complete, labels} from './complete.ts'
import {desk} from './desk.ts'

const head =
  'apiVersion: progression.dev/v1\nname: shop\ngates:\n  traffic:\n    query: sum(rate(http_requests_total{namespace="${namespace}",status="200"}[5m]))\n    min: 1\n'

test('functions and metrics of the file are proposed inside a query, not keys of the format', async () => {
  const found = labels(await complete(`${head}  errors:\n    query: sum(ra|)\n    max: 0.01\n`))
  assert.ok(found.includes('rate'), found.join())
  assert.ok(!found.includes('onNoData') && !found.includes('ra'), found.join())
  assert.ok(labels(await complete(`${head}  errors:\n    query: rate(htt|[5m])\n`)).includes('http_requests_total'))
})

test('labels and their values come from the other queries', async () => {
  assert.ok(labels(await complete(`${head}  errors:\n    query: |-\n      sum(rate(http_requests_total{sta|}[5m]))\n`.replace('|-', '>-'))).includes('status'))
  assert.ok(labels(await complete(`${head}  errors:\n    query: 'rate(http_requests_total{status="2|"}[5m])'\n`)).includes('200'))
})

test('a hover in a query explains the function under it, in a block scalar too', async () => {
  const marked = await desk(`${head}  errors:\n    query: >-\n      sum(\n        ra|te(http_requests_total[5m])\n      )\n`)
  const found = await marked.ask(hover)
  assert.match(JSON.stringify(found), /rate\(.*· function/)
})
