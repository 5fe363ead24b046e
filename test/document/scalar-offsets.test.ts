import assert from 'node:assert/strict'
import {describe, test} from 'node:test'
import {isScalar, parseDocument, visit} from 'yaml'
import type {ScalarStyle} from '../../server/document/node.ts'
import {scalarOffsets} from '../../server/document/scalar-offsets.ts'
import {Random} from './random.ts'

type Written = {readonly source: string; readonly value: string; readonly style: ScalarStyle}

/** The first value of a text, as the parser gives it. */
function scalarIn(text: string): Written | undefined {
  const document = parseDocument(text, {prettyErrors: false, logLevel: 'silent'})
  let found: Written | undefined
  visit(document, {
    Scalar(key, node) {
      if (key === 'key' || found || !isScalar(node) || typeof node.value !== 'string' || !node.range) return
      const style = node.type === 'QUOTE_DOUBLE' ? 'double' : node.type === 'QUOTE_SINGLE' ? 'single' : node.type === 'PLAIN' ? 'plain' : 'block'
      found = {source: text.slice(node.range[0], node.range[1]), value: node.value, style}
    },
  })
  return document.errors.length > 0 ? undefined : found
}

/** Every word of a value must stand, spelled alike, where the offsets say. */
function holds(text: string): boolean {
  const written = scalarIn(text)
  if (!written) return false
  const {source, value, style} = written
  const offsets = scalarOffsets(source, style, value)
  assert.ok(offsets, `no offsets for ${JSON.stringify(text)}`)
  let before = 0
  for (let index = 0; index < value.length; index++) {
    const stretch = offsets.toSource(index, index + 1)
    const start: number = stretch.start
    const end: number = stretch.end
    assert.ok(start >= before && end <= source.length, `${index} of ${JSON.stringify(text)} goes back or out`)
    before = start
    const there = source.slice(start, end)
    const character = value[index] ?? ''
    const isEscaped = style === 'double' && there.startsWith('\\')
    if (/\s/.test(character)) assert.match(there, isEscaped ? /^\\./ : /^\s*$/, JSON.stringify(text))
    else if (isEscaped) assert.equal(JSON.parse(`"${there.replace(/\\x/, '\\u00')}"`), character)
    else assert.equal(style === 'single' && there === "''" ? "'" : there, character, `${index} of ${JSON.stringify(text)}`)
    // Indentation that remained stands directly before the word it belongs to.
    if (style !== 'double' && /\n[ \t]+$/.test(value.slice(0, index)) && !/\s/.test(character)) assert.equal(offsets.toSource(index - 1, index).end, start)
    if (end > start && there.trim() !== '') assert.equal(offsets.toValue(start), index, `back to ${index} of ${JSON.stringify(text)}`)
  }
  assert.equal(offsets.toValue(source.length), value.length)
  return true
}

describe('offsets in a value and in its source', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['plain', 'query: up == 1\n', '==', '=='],
    ['plain over two lines', 'query: sum(up)\n  / count(up)\n', '/ count', '/ count'],
    ['single quotes', "query: 'up{job=\"it''s\"} + b'\n", '+ b', '+ b'],
    ['double quotes', 'query: "up{job=\\"x\\"} + b"\n', 'job="x"', 'job=\\"x\\"'],
    ['double quotes over lines', 'query: "up{job=\\"x\\"}\n   + b\\\n   c"\n', '+ b', '+ b'],
    ['a literal block', 'query: |\n  sum(\n    up)\n', 'up)', 'up)'],
    ['a literal block with an indicator', 'query: |2-\n    sum(\n  up)\n', 'up)', 'up)'],
    ['a folded block', 'query: >-\n  sum(\n    up)\n  + 1\n\n  + 2\n', '+ 2', '+ 2'],
    ['an item', '- |\n up\n - 1\n', '- 1', '- 1'],
    ['Windows line ends', 'query: |\r\n  sum(\r\n    up)\r\n', 'up)', 'up)'],
  ]
  for (const [title, text, inValue, inSource] of cases) {
    test(title, () => {
      assert.ok(holds(text))
      const {source, value, style} = scalarIn(text) ?? assert.fail('no scalar')
      const start = value.indexOf(inValue)
      const place = scalarOffsets(source, style, value)?.toSource(start, start + inValue.length)
      assert.equal(place && source.slice(place.start, place.end), inSource)
    })
  }

  test('hold for scalars nobody would write', () => {
    const random = new Random(7)
    const pick = <T>(from: readonly T[]): T => random.of(from)
    const words = ['sum', 'a', 'by', '(le)', '/', '"x"', "''", '{a="b"}', '\\\\n', '\\"', 'é', '😀', '\\x41', '\\t', '\\u00e9', '-', '1']
    const gaps = [' ', '  ', '\n', '\n\n', '\n  ', ' \n', '\n \n', '\t', '\n\n\n  ', '\\\n']
    let held = 0
    for (let round = 0; round < 6000; round++) {
      let body = ''
      for (let count = 1 + random.below(7); count > 0; count--) body += pick(words) + (count > 1 ? pick(gaps) : '')
      const indented = (indentation: string): string => body.replaceAll('\n', `\n${indentation}`)
      const text = pick([
        () => `query: ${indented('  ')}\n`,
        () => `query: '${indented('  ')}'\n`,
        () => `query: "${indented('  ')}"\n`,
        () => `query: &x |${pick(['', '-', '+', '2', '2-'])}\n  ${indented('  ')}${pick(['', '\n', '\n\n', '\n  \n'])}`,
        () => `query: >${pick(['', '-', '+', '2', '2+'])} # why\n  ${indented('  ')}${pick(['', '\n', '\n\n', '\n   \n'])}`,
        () => `- list:\n  - !!str >-\n    ${indented('    ')}\n`,
      ])()
      if (holds(random.chance(0.2) ? text.replaceAll('\n', '\r\n') : text)) held++
    }
    assert.ok(held > 2000, `only ${held} of them were scalars`)
  })

  test('are not made up where the two do not belong together', () => {
    assert.equal(scalarOffsets("'a b'", 'single', 'a c'), undefined)
    assert.equal(scalarOffsets('|\n  a b', 'block', 'a'), undefined)
  })
})
