import assert from 'node:assert/strict'
import {test} from 'node:test'
import {type Flowchart, readFromWebview, readState, readToWebview} from '../../client/features/flowchart/messages.ts'

const flowchart: Flowchart = {
  progression: 'file:///shop/progression.yaml#0',
  name: 'shop',
  mermaid: 'flowchart TB\n',
  nodes: [{drawnAs: 'e0', id: 'dev', spoken: 'dev, verified', kind: 'environment', tone: 'good', canPromote: true, canRollback: false, canOpen: true}],
}

/** As it arrives: through a structured clone. */
const sent = (value: unknown): unknown => structuredClone(value)

test('what the webview says is read', () => {
  assert.deepEqual(readFromWebview(sent({type: 'ready'})), {type: 'ready'})
  assert.deepEqual(readFromWebview(sent({type: 'open', node: 'dev', more: 1})), {type: 'open', node: 'dev'})
  assert.deepEqual(readFromWebview(sent({type: 'failed', message: 'no'})), {type: 'failed', message: 'no'})
})

test('a long message is cut before it reaches the log', () => {
  const read = readFromWebview({type: 'failed', message: 'x'.repeat(10_000)})
  assert.equal(read?.type === 'failed' && read.message.length, 2_000)
})

test('what nobody says is not read', () => {
  for (const value of [
    undefined,
    null,
    'ready',
    7,
    [],
    {},
    {type: 'open'},
    {type: 'open', node: 1},
    {type: 'run', command: 'x'},
    {type: 'failed', message: {}},
  ])
    assert.equal(readFromWebview(value), undefined)
})

test('what the extension says is read', () => {
  assert.deepEqual(readToWebview(sent({type: 'show', flowchart})), {type: 'show', flowchart: {...flowchart, notice: undefined}})
  assert.deepEqual(readToWebview({type: 'missing', text: 'gone'}), {type: 'missing', text: 'gone'})
})

test('a flowchart with something else in it is not drawn, a node with something else in it is left out', () => {
  for (const wrong of [{...flowchart, mermaid: undefined}, {...flowchart, nodes: {}}, {...flowchart, name: 1}, undefined])
    assert.equal(readToWebview({type: 'show', flowchart: wrong}), undefined)
  const read = readToWebview({type: 'show', flowchart: {...flowchart, nodes: [...flowchart.nodes, {id: 'x'}, null, {...flowchart.nodes[0], kind: 'script'}]}})
  assert.equal(read?.type === 'show' && read.flowchart.nodes.length, 1)
})

test('a state needs its progression; numbers that are none are left out', () => {
  assert.deepEqual(readState({progression: 'p', x: 1, y: 2, zoom: 0.5}), {progression: 'p', x: 1, y: 2, zoom: 0.5})
  assert.deepEqual(readState({progression: 'p', x: Number.NaN, y: '2', zoom: Number.POSITIVE_INFINITY}), {
    progression: 'p',
    x: undefined,
    y: undefined,
    zoom: undefined,
  })
  for (const value of [undefined, null, {}, {progression: 1}]) assert.equal(readState(value), undefined)
})
