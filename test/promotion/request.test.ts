import assert from 'node:assert/strict'
import {after, test} from 'node:test'
import {conflictsInWords} from '../../server/cluster/apply.ts'
import {Connection} from '../../server/cluster/connection.ts'
import type {ClusterError, Result} from '../../server/cluster/errors.ts'
import type {Call} from '../../server/cluster/request.ts'
import {resources} from '../../server/cluster/resource.ts'
import {answering, json, kubeconfigFor, plantedToken, silent, statusOf} from './fake-server.ts'
import {never} from './shop.ts'

function connect(url: string): Connection {
  const opened = Connection.open({path: kubeconfigFor(url)}, 'here')
  assert.ok(opened.ok, JSON.stringify(opened))
  const connection = opened.value
  after(() => connection.close())
  return connection
}

const call: Call = {method: 'GET', path: '/version', subject: {verb: 'get', resource: 'deployments', group: 'apps', name: 'web', namespace: 'staging'}}
const failure = (result: Result<unknown>): ClusterError => (result.ok ? assert.fail('it went well') : result.error)

test('asks again on 429 and 5xx, and answers what came in the end', async () => {
  const {url, requests} = await answering(statusOf(503, 'ServiceUnavailable', 'not yet'), statusOf(429, 'TooManyRequests', 'slowly'), json(200, {fine: true}))
  assert.deepEqual(await connect(url).requests.send(call, never), {ok: true, value: {fine: true}})
  assert.equal(requests.length, 3)
})

test('asks again when the connection breaks', async () => {
  const {url, requests} = await answering((_request, response) => response.destroy(), json(200, {}))
  assert.ok((await connect(url).requests.send(call, never)).ok)
  assert.equal(requests.length, 2)
})

test('gives up after a few tries, with what the server said', async () => {
  const {url, requests} = await answering(statusOf(500, 'InternalError', 'etcd is away'))
  const error = failure(await connect(url).requests.send(call, never))
  assert.equal(error.kind, 'unavailable')
  assert.match(error.message, /get deployments web in namespace staging \(context here\): etcd is away/)
  assert.equal(requests.length, 4)
})

test('does not ask again what was answered', async () => {
  for (const [code, reason, kind] of [
    [403, 'Forbidden', 'forbidden'],
    [404, 'NotFound', 'notFound'],
    [409, 'AlreadyExists', 'alreadyExists'],
    [409, 'Conflict', 'conflict'],
    [410, 'Expired', 'gone'],
    [422, 'Invalid', 'invalid'],
  ] as const) {
    const {url, requests} = await answering(statusOf(code, reason, 'no'))
    assert.equal(failure(await connect(url).requests.send(call, never)).kind, kind)
    assert.equal(requests.length, 1, reason)
  }
})

test('credentials that are refused are read again, once', async () => {
  const {url, requests} = await answering(statusOf(401, 'Unauthorized', 'Unauthorized'))
  const error = failure(await connect(url).requests.send(call, never))
  assert.match(error.message, /does not accept the credentials of user alice: Unauthorized\. Sign in again/)
  assert.equal(requests.length, 2)
})

test('a refusal names who asks, for what, and what to ask for', async () => {
  const {url} = await answering(statusOf(403, 'Forbidden', 'User "alice" cannot get resource "deployments"'))
  assert.equal(
    failure(await connect(url).requests.send(call, never)).message,
    'Cannot get deployments web in namespace staging (context here): forbidden for alice. The cluster says: User "alice" cannot get resource "deployments". Ask for get on deployments.apps.',
  )
})

test('a conflict names field and manager', async () => {
  const cause = {reason: 'FieldManagerConflict', field: '.spec.replicas', message: 'conflict with "kubectl-edit" using apps/v1'}
  const {url} = await answering(statusOf(409, 'Conflict', 'Apply failed', [cause]))
  assert.deepEqual(conflictsInWords(failure(await connect(url).requests.send(call, never))), ['spec.replicas belongs to kubectl-edit'])
})

test('a server that takes the connection and says nothing meets the deadline', async () => {
  const address = await silent()
  for (const scheme of ['http', 'https']) {
    const error = failure(await connect(`${scheme}://${address}`).requests.send({...call, deadline: 300}, never))
    assert.equal(error.kind, 'timeout')
    assert.match(error.message, /gave no answer within 0\.3 s to: get deployments web/)
  }
})

test('a stop ends a request at once, while it connects too', async () => {
  const address = await silent()
  for (const scheme of ['http', 'https']) {
    const stop = new AbortController()
    const answer = connect(`${scheme}://${address}`).requests.send(call, stop.signal)
    setImmediate(() => stop.abort())
    assert.equal(failure(await answer).kind, 'aborted')
  }
})

test('a server that is not there is named', async () => {
  const error = failure(await connect('https://127.0.0.1:1').requests.send({...call, deadline: 2_000}, never))
  assert.match(
    error.message,
    /Cannot reach the API server https:\/\/127\.0\.0\.1:1 \(context here\) to get deployments web in namespace staging: connection refused\./,
  )
})

test('what is no JSON, such as the page of a proxy, is an error in its own words', async () => {
  const {url} = await answering((_request, response) => response.writeHead(200).end('<html>Sign in</html>\nmore'))
  const error = failure(await connect(url).requests.send(call, never))
  assert.equal(error.kind, 'unexpected')
  assert.match(error.message, /<html>Sign in<\/html>\.$/)
})

test('a server that repeats the token does not get it into a message', async () => {
  const {url, requests} = await answering(statusOf(403, 'Forbidden', `bad token ${plantedToken}`, [{reason: 'x', field: 'y', message: plantedToken}]))
  const answer = await connect(url).requests.send(call, never)
  assert.equal(requests[0]?.headers.authorization, `Bearer ${plantedToken}`)
  assert.doesNotMatch(JSON.stringify(answer), new RegExp(plantedToken))
})

test('long lists are read page by page', async () => {
  const page = (names: readonly string[], rest?: string) =>
    json(200, {metadata: {resourceVersion: '9', continue: rest}, items: names.map(name => ({metadata: {name}}))})
  const {url, requests} = await answering(page(['a', 'b'], 'more'), page(['c']))
  const answer = await connect(url).objects.list(resources.pods, 'staging', {}, never)
  assert.deepEqual(answer.ok && answer.value.items.map(({kind, metadata}) => [kind, metadata.name]), [
    ['Pod', 'a'],
    ['Pod', 'b'],
    ['Pod', 'c'],
  ])
  assert.match(requests[1]?.url ?? '', /continue=more/)
})

test('many requests go over few connections', async () => {
  const {url, requests} = await answering(json(200, {}))
  const connection = connect(url)
  for (let count = 0; count < 20; count++) await connection.requests.send(call, never)
  assert.ok(new Set(requests.map(({socket}) => socket.remotePort)).size <= 2)
})
