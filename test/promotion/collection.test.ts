import assert from 'node:assert/strict'
import {after, test} from 'node:test'
import {Changes} from '../../server/cluster/changes.ts'
import {Collection} from '../../server/cluster/collection.ts'
import {Connection} from '../../server/cluster/connection.ts'
import {resources} from '../../server/cluster/resource.ts'
import {seenThrough} from '../../server/promotion/grace.ts'
import {inParallel, insist} from '../../server/promotion/insist.ts'
import {type Answer, answering, json, kubeconfigFor, statusOf} from './fake-server.ts'
import {never} from './shop.ts'

const pod = (name: string, rest: object = {}) => ({metadata: {name, ...rest}})
const list = (resourceVersion: string, ...names: string[]): Answer => json(200, {metadata: {resourceVersion}, items: names.map(name => pod(name))})
/** A watch that sends these events and stays open, or ends. */
const events =
  (sent: readonly object[], {ends = false} = {}): Answer =>
  (_request, response) => {
    response.writeHead(200, {'content-type': 'application/json'})
    response.write(sent.map(event => `${JSON.stringify(event)}\n`).join(''))
    if (ends) response.end()
  }

/** A collection of pods that follows a server until the test ends; `until` waits for its names. */
async function follow(...answers: Answer[]) {
  const {url, requests} = await answering(...answers)
  const opened = Connection.open({path: kubeconfigFor(url)}, 'here')
  assert.ok(opened.ok)
  const stop = new AbortController()
  after(() => {
    stop.abort()
    return opened.value.close()
  })
  const changes = new Changes()
  const collection = new Collection(opened.value, resources.pods, 'staging', changes.notify)
  const first = await collection.start(stop.signal)
  const names = () => collection.items.map(({metadata}) => metadata.name).sort()
  const until = async (isIt: () => boolean) => {
    while (!isIt()) await changes.next(10_000, never)
  }
  return {collection, first, names, until, requests}
}

test('follows what a list began with: what comes, changes and goes', async () => {
  const {collection, names, until} = await follow(
    list('5', 'a', 'b'),
    events([
      {type: 'ADDED', object: pod('c')},
      {type: 'DELETED', object: pod('a')},
      {type: 'MODIFIED', object: pod('b', {labels: {x: '1'}})},
    ]),
  )
  await until(() => collection.named('b')?.metadata.labels !== undefined)
  assert.deepEqual(names(), ['b', 'c'])
  assert.equal(collection.named('b')?.kind, 'Pod')
})

test('watches from where the list ended, with bookmarks', async () => {
  const {until, requests} = await follow(
    list('41', 'a'),
    events([
      {type: 'BOOKMARK', object: pod('')},
      {type: 'ADDED', object: pod('b')},
    ]),
  )
  await until(() => requests.length === 2)
  const {searchParams} = new URL(requests[1]?.url ?? '', 'http://x')
  assert.deepEqual([searchParams.get('resourceVersion'), searchParams.get('allowWatchBookmarks'), searchParams.get('timeoutSeconds')], ['41', 'true', '240'])
})

test('a version that has expired is listed again', async () => {
  for (const expired of [events([{type: 'ERROR', object: {...pod(''), code: 410}}]), statusOf(410, 'Expired', 'too old')]) {
    const {names, until} = await follow(list('1', 'old'), expired, list('9', 'new'), events([]))
    await until(() => names().includes('new'))
    assert.deepEqual(names(), ['new'])
  }
})

test('a watch that breaks or ends is begun again from a new list', async () => {
  for (const end of [events([], {ends: true}), (_request, response) => response.destroy()] satisfies Answer[]) {
    const {names, until} = await follow(list('1', 'a'), end, list('2', 'b'), events([]))
    await until(() => names().includes('b'))
  }
})

test('a watch that falls silent is not trusted', async () => {
  const {names, until} = await follow(list('1', 'a'), events([]), list('2', 'b'), events([]))
  await until(() => names().includes('b'))
})

test('what stands in the way is said, and gone when it is gone', async () => {
  const {collection, first, until} = await follow(statusOf(403, 'Forbidden', 'no'), list('1', 'a'), events([]))
  assert.equal(first.ok, false)
  assert.equal(collection.problem?.kind, 'forbidden')
  await until(() => collection.problem === undefined)
  assert.equal(collection.items.length, 1)
})

test('a change between two waits is not lost', async () => {
  const changes = new Changes()
  changes.notify()
  changes.notify()
  await changes.next(60_000, never)
  await changes.next(1, never)
  await changes.next(60_000, AbortSignal.abort())
})

const silence = {ok: false, error: {kind: 'unreachable', message: 'away', detail: '', causes: []}} as const

test('a silent cluster is asked again, one that says no is not', async () => {
  const said: string[] = []
  const answers = [silence, silence, {ok: true, value: 7} as const]
  assert.deepEqual(
    await insist(
      async () => answers.shift() ?? silence,
      60_000,
      message => said.push(message),
      never,
    ),
    {ok: true, value: 7},
  )
  assert.deepEqual(said, ['away Trying again.'])
  let asked = 0
  const no = {ok: false, error: {...silence.error, kind: 'forbidden'}} as const
  const refuse = async () => {
    asked++
    return no
  }
  await insist(refuse, 60_000, () => {}, never)
  assert.equal(asked, 1)
})

test('insisting ends with the time, and with a stop', async () => {
  assert.equal(
    (
      await insist(
        async () => silence,
        0,
        () => {},
        never,
      )
    ).ok,
    false,
  )
  const stop = new AbortController()
  const asked = insist(
    async () => silence,
    Number.POSITIVE_INFINITY,
    () => stop.abort(),
    stop.signal,
  )
  assert.equal((await asked).ok, false)
})

test('a few at a time, answered in order', async () => {
  let running = 0
  let most = 0
  const doubled = await inParallel([1, 2, 3, 4, 5], 2, async number => {
    most = Math.max(most, ++running)
    await new Promise(setImmediate)
    running--
    return number * 2
  })
  assert.deepEqual(doubled, [2, 4, 6, 8, 10])
  assert.equal(most, 2)
})

test('a write under way is seen through when a person stops', async () => {
  const stop = new AbortController()
  const {promise: written, resolve} = Promise.withResolvers<string>()
  const answer = seenThrough(stop.signal, patient => written.then(word => `${word}, ${patient.aborted ? 'given up' : 'seen through'}`))
  stop.abort()
  resolve('written')
  assert.equal(await answer, 'written, seen through')
})
