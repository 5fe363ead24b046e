import assert from 'node:assert/strict'
import {test} from 'node:test'
import {answering, versions} from '../../scripts/demo/shop.ts'
import {digestOf} from '../../scripts/demo/workspace.ts'
import type {Answer, AnsweringPod} from '../cluster/answers.ts'

function pod(version: string, environment: Readonly<Record<string, string>>): AnsweringPod {
  const image = `ghcr.io/acme/shop-web@${digestOf('shop-web', version)}`
  return {namespace: 'shop', name: 'shop-web-1', image, labels: {}, annotations: {}, environment, container: {name: 'shop-web', image}, port: 8080}
}

async function ask(version: string, environment: Readonly<Record<string, string>>, path: string): Promise<Answer | undefined> {
  return await answering(pod(version, environment), {method: 'GET', path, headers: {}})
}

test('both versions take payments in the sandbox', async () => {
  for (const version of Object.values(versions)) {
    assert.equal((await ask(version, {PAYMENT_PROVIDER: 'sandbox'}, '/api/checkout/ready'))?.status, 200, version)
  }
})

test('only the second one fails where customers pay, and says why', async () => {
  assert.equal((await ask(versions.good, {PAYMENT_PROVIDER: 'stripe'}, '/api/checkout/ready'))?.status, 200)
  const answer = await ask(versions.bad, {PAYMENT_PROVIDER: 'stripe'}, '/api/checkout/ready')
  assert.equal(answer?.status, 500)
  assert.match(JSON.stringify(answer?.body), /stripe refused the request/)
})

test('a pod says its version, which is that of its digest', async () => {
  const answer = await ask(versions.bad, {CHECKOUT: 'v5'}, '/api/version')
  assert.deepEqual(answer?.body, {version: versions.bad, checkout: 'v5'})
})

test('health is left to whoever answers for every pod', async () => {
  assert.equal(await ask(versions.good, {}, '/healthz'), undefined)
})
