import assert from 'node:assert/strict'
import {test} from 'node:test'
import {Document} from '../../server/document/document.ts'
import {setPair} from '../../server/fixes/insert.ts'
import {readSection} from '../../server/sources/progression/source.ts'

/** The text after a key was set in the last environment, or undefined where nothing is edited. */
function set(text: string, key = 'soak', value = '30m'): string | undefined {
  const document = new Document('file:///workspace/progression.yaml', 1, text)
  const {section} = document.sections[0] ?? {}
  const reading = section && readSection(document, section, 0, () => ({state: 'missing'}), {})
  const environment = reading?.progression.environments.items.at(-1)
  assert.ok(environment)
  const edit = setPair(document, environment.extent, key, value)
  return edit && text.slice(0, edit.start) + edit.text + text.slice(edit.end)
}

const environments = (...lines: readonly string[]): string => ['name: shop', 'environments:', ...lines, ''].join('\n')

test('below the last key, with its indentation', () => {
  assert.equal(set(environments('  - name: dev', '    namespace: shop')), environments('  - name: dev', '    namespace: shop', '    soak: 30m'))
  assert.equal(set(environments('-   name: dev')), environments('-   name: dev', '    soak: 30m'))
  assert.equal(set('environments:\n  - name: dev'), 'environments:\n  - name: dev\n    soak: 30m')
})

test('in front of what follows', () => {
  const text = (more: string) => `environments:\n  - name: dev\n${more}\nlanes: {}\n`
  assert.equal(set(text('')), text('    soak: 30m\n'))
})

test('comments stay where they are', () => {
  const before = environments('  # first', '  - name: dev # who develops', '    # where', '    namespace: shop # here', '    # more', '  # the end')
  const after = environments(
    '  # first',
    '  - name: dev # who develops',
    '    # where',
    '    namespace: shop # here',
    '    soak: 30m',
    '    # more',
    '  # the end',
  )
  assert.equal(set(before), after)
})

test('behind a nested block and a block of text', () => {
  const nested = ['  - name: dev', '    smoke:', '      service: shop:http', '      http:', '        - get: /']
  assert.equal(set(environments(...nested)), environments(...nested, '    soak: 30m'))
  const text = ['  - name: dev', '    smoke:', '      run:', '        shell: |', '          echo one', '          echo two']
  assert.equal(set(environments(...text)), environments(...text, '    soak: 30m'))
})

test('in braces, before the last one', () => {
  assert.equal(set(environments('  - {name: dev}')), environments('  - {name: dev, soak: 30m}'))
  assert.equal(set(environments('  - { name: dev, }')), environments('  - { name: dev, soak: 30m }'))
  assert.equal(set('environments: [{name: dev}, {name: staging}]\n'), 'environments: [{name: dev}, {name: staging, soak: 30m}]\n')
})

test('in braces over several lines, where no comment can be in the way', () => {
  assert.equal(set(environments('  - {', '      name: dev # last', '    }')), environments('  - {soak: 30m, ', '      name: dev # last', '    }'))
})

test('with the line ends of the file', () => {
  const windows = (text: string) => text.replaceAll('\n', '\r\n')
  assert.equal(
    set(windows(environments('  - name: dev # one', '  - name: staging'))),
    windows(environments('  - name: dev # one', '  - name: staging', '    soak: 30m')),
  )
})

test('in place of a null, never in place of a value', () => {
  assert.equal(set(environments('  - name: dev', '    soak: ~ # not here')), environments('  - name: dev', '    soak: 30m # not here'))
  assert.equal(set(environments('  - {name: dev, soak: null}')), environments('  - {name: dev, soak: 30m}'))
  assert.equal(set(environments('  - {name: dev, soak: 5m}')), undefined)
  assert.equal(set(environments('  - name: dev', '    soak:')), undefined)
})
