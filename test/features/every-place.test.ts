import assert from 'node:assert/strict'
import {test} from 'node:test'
import {Document} from '../../server/document/document.ts'
import {type Node, pairOf} from '../../server/document/node.ts'
import {branchOf} from '../../server/model/schema-tree.ts'
import {progressionSchema} from '../../server/sources/progression/schema.ts'
import {readings} from '../sources/progression/reading.ts'
import {acceptItem, complete} from './complete.ts'
import {cursorIn} from './desk.ts'

type Path = readonly (string | number)[]

/** Every map of the format that has keys of its own, by one path that leads to it. */
function* maps(path: Path = [], depth = 0): Generator<Path> {
  const node = progressionSchema.at(path)
  if (!node || depth > 7) return
  if (branchOf(node, 'array')) yield* maps([...path, 0], depth + 1)
  if (!branchOf(node, 'object')) return
  if (progressionSchema.keys(node).length > 0) yield path
  // What stands under defaults stands under an environment, too.
  if (path[0] === 'defaults') return
  for (const {key} of progressionSchema.keys(node)) yield* maps([...path, key], depth + 1)
  if (progressionSchema.open(node)) yield* maps([...path, 'mine'], depth + 1)
}

/** A text that leads to a map in block style, with the cursor where its first key would be. */
function block(path: Path): string {
  let text = ''
  let indentation = 0
  let fresh = true
  for (const step of path) {
    if (typeof step === 'number') {
      text += `${fresh ? '' : `\n${' '.repeat(indentation)}`}- `
      indentation += 2
      fresh = true
    } else {
      text += `${fresh ? '' : `\n${' '.repeat(indentation)}`}${step}:`
      indentation += 2
      fresh = false
    }
  }
  return `${text}${fresh ? '' : `\n${' '.repeat(indentation)}`}|\n`
}

/** The same in braces and brackets. */
function flow(path: Path): string {
  const [first, ...rest] = path
  const open = rest.map(step => (typeof step === 'number' ? '[' : `{${step}: `)).join('')
  const close = rest
    .map(step => (typeof step === 'number' ? ']' : '}'))
    .reverse()
    .join('')
  return `${first}: ${open}{|}${close}\n`
}

function nodeAt(text: string, path: Path): Node | undefined {
  const [section] = new Document('file:///w/progression.yaml', 1, text).sections
  assert.deepEqual(
    section?.section.problems.map(({message}) => message),
    [],
    text,
  )
  return path.reduce<Node | undefined>(
    (node, step) => (typeof step === 'number' ? (node?.kind === 'sequence' ? node.items[step] : undefined) : pairOf(node, step)?.value),
    section?.section.root,
  )
}

for (const path of maps()) {
  const name = path.join('.') || 'the top'
  test(`keys of ${name} can be taken`, async () => {
    const node = progressionSchema.at(path)
    const known = node ? progressionSchema.keys(node).map(({key}) => key) : []
    for (const style of path.length > 0 ? [block, flow] : [block]) {
      for (const snippets of [true, false]) {
        const marked = style(path)
        const found = await complete(marked, {}, {snippets})
        const keys = found.filter(({label, kind}) => kind === 10 && known.includes(label))
        assert.deepEqual(keys.map(({label}) => label).toSorted(), known.toSorted(), marked)
        for (const item of keys) {
          const text = acceptItem(cursorIn(marked).text, item)
          const holder = nodeAt(text, path)
          assert.ok(pairOf(holder, item.label), `${item.label} is not where it belongs:\n${text}`)
        }
      }
    }
  })
}

/** Keys with single values, and lists of them. */
function* values(): Generator<Path> {
  for (const path of maps()) {
    const node = progressionSchema.at(path)
    for (const {key, node: below} of node ? progressionSchema.keys(node) : []) if (below.branches.length > 0) yield [...path, key]
  }
}

test('what is proposed as a value fits the schema', async () => {
  let taken = 0
  for (const path of values()) {
    const key = path.at(-1)
    const holder = path.slice(0, -1)
    for (const marked of [block(holder).replace('|', `${key}: |`), ...(holder.length > 0 ? [flow(holder).replace('|', `${key}: |`)] : [])]) {
      for (const item of await complete(marked)) {
        const text = acceptItem(cursorIn(marked).text, item)
        nodeAt(text, [])
        const {
          document,
          readings: [reading],
        } = readings(text)
        const line = text.split('\n').findIndex(one => one.includes(`${key}:`))
        const wrong = (reading?.progression.problems ?? []).filter(
          ({at, code, message}) => code === 'config/schema' && !/\b(has no|lacks|needs|empty)\b/.test(message) && document.range(at)?.start.line === line,
        )
        assert.deepEqual(
          wrong.map(({message}) => message),
          [],
          text,
        )
        taken++
      }
    }
  }
  assert.ok(taken > 500, `${taken} proposals`)
})
