import assert from 'node:assert/strict'
import {test} from 'node:test'
import {Document} from '../../server/document/document.ts'
import {editsOf} from '../../server/fixes/index.ts'
import {waysToSilence} from '../../server/fixes/silence.ts'
import type {FixReference} from '../../server/model/finding.ts'
import {apply, check} from '../rules/check.ts'

const head = 'apiVersion: progression.dev/v1\nname: shop\n'
const shop = `${head}environments:\n  - name: staging\n  - name: production # live\n`

/** The text after one way to silence the first finding of a code, and what is found of that code then. */
async function silenced(text: string, code: string, id: string, level?: string): Promise<{text: string; left: readonly string[]}> {
  const {document, checked, files} = await check({'progression.yaml': text}, undefined)
  const finding = checked.findings.find(one => one.code === code)
  assert.ok(finding, `${code} is found`)
  const way = waysToSilence(finding).find(one => one.id === id && (level === undefined || one.arguments.level === level))
  assert.ok(way, `${id} is offered`)
  const edited = apply(document.text, edits(document, way, finding.at) ?? [])
  assert.notEqual(edited, text)
  const after = await check({'progression.yaml': edited}, undefined)
  assert.ok(files)
  return {text: edited, left: after.checked.findings.filter(one => one.code === code).map(one => one.level)}
}

function edits(document: Document, {id, arguments: values}: FixReference, at: {document: string; block: number; start: number; end: number}) {
  return editsOf(id, {document, at, progression: {} as never, arguments: values})
}

test('a comment above the line, with its indentation', async () => {
  const {text, left} = await silenced(shop, 'approval/missing', 'silence-line')
  assert.equal(text, `${head}environments:\n  - name: staging\n  # progression-ignore approval/missing -- reason\n  - name: production # live\n`)
  assert.deepEqual(left, [])
})

test('a comment for the file, at its top', async () => {
  const {text, left} = await silenced(shop, 'approval/missing', 'silence-file')
  assert.equal(text, `# progression-ignore-file approval/missing -- reason\n${shop}`)
  assert.deepEqual(left, [])
})

test('behind the mark that begins the first document, and a byte order mark', async () => {
  assert.ok((await silenced(`---\n${shop}`, 'approval/missing', 'silence-file')).text.startsWith('---\n# progression-ignore-file'))
  assert.ok((await silenced(`\uFEFF${shop}`, 'approval/missing', 'silence-file')).text.startsWith('\uFEFF# progression-ignore-file'))
})

test('with the line ends of the file', async () => {
  const windows = shop.replaceAll('\n', '\r\n')
  const {text, left} = await silenced(windows, 'approval/missing', 'silence-line')
  assert.ok(text.includes('  # progression-ignore approval/missing -- reason\r\n  - name: production'))
  assert.deepEqual(left, [])
})

test('the reason that was put in as an example counts as none', async () => {
  const {text} = await silenced(shop, 'approval/missing', 'silence-line')
  const codes = async (one: string) => (await check({'progression.yaml': one}, undefined)).checked.findings.map(({code}) => code)
  assert.ok((await codes(text)).includes('config/reasonless-suppression'))
  assert.ok(!(await codes(text.replace('-- reason', '-- the pull request is the approval'))).includes('config/reasonless-suppression'))
})

test('a level under rules, as a new key', async () => {
  const {text, left} = await silenced(shop, 'approval/missing', 'set-level', 'hint')
  assert.equal(text, `${shop.trimEnd()}\nrules: {approval/missing: hint}\n`)
  assert.deepEqual(left, ['hint'])
  assert.deepEqual((await silenced(shop, 'approval/missing', 'set-level', 'off')).left, [])
})

test('a level among others, in the style they are written in', async () => {
  const flow = `${shop}rules: {load/missing: info} # ours\n`
  assert.equal((await silenced(flow, 'approval/missing', 'set-level', 'off')).text, `${shop}rules: {load/missing: info, approval/missing: off} # ours\n`)
  const block = `${head}rules:\n  load/missing: info # ours\n${shop.slice(head.length)}`
  const {text, left} = await silenced(block, 'approval/missing', 'set-level', 'off')
  assert.equal(text, `${head}rules:\n  load/missing: info # ours\n  approval/missing: off\n${shop.slice(head.length)}`)
  assert.deepEqual(left, [])
})

test('a level in place of another', async () => {
  const {text, left} = await silenced(`${shop}rules: {approval/missing: error}\n`, 'approval/missing', 'set-level', 'hint')
  assert.ok(text.endsWith('rules: {approval/missing: hint}\n'))
  assert.deepEqual(left, ['hint'])
})

test('each document of a file has levels of its own', async () => {
  const {text} = await silenced(`${shop}---\n${shop.replace('name: shop', 'name: other')}`, 'approval/missing', 'set-level', 'off')
  assert.ok(text.startsWith(`${shop.trimEnd()}\nrules: {approval/missing: off}\n---\n`), text)
})

test('no comment is put into a text over several lines', () => {
  const document = new Document('file:///workspace/progression.yaml', 1, `${head}gates:\n  a:\n    query: |\n      sum(up)\n      / sum(up)\n    max: 1\n`)
  const offset = document.text.indexOf('/ sum')
  const at = document.placeAt(offset, offset + 1)
  assert.ok(at)
  assert.equal(edits(document, {id: 'silence-line', title: '', arguments: {code: 'gate/cannot-fail'}}, at), undefined)
})

const unused = async (text: string): Promise<string> => {
  const {document, checked, edits: editsOfFinding} = await check({'progression.yaml': text}, undefined)
  const finding = checked.findings.find(({code}) => code === 'config/unused-suppression')
  assert.ok(finding)
  return apply(document.text, editsOfFinding(finding) ?? [])
}

test('a comment that silences nothing is taken out with its line', async () => {
  const text = `${head}environments:\n  # progression-ignore order/cycle -- once\n  - name: dev\n`
  assert.equal(await unused(text), `${head}environments:\n  - name: dev\n`)
})

test('at the end of a line it goes with the blanks before it', async () => {
  const text = `${head}environments:\n  - name: dev   # progression-ignore order/cycle -- once\n`
  assert.equal(await unused(text), `${head}environments:\n  - name: dev\n`)
})

test('of several codes only the one that silences nothing goes', async () => {
  const text = (codes: string) => `${head}environments:\n  - name: staging\n  # progression-ignore ${codes} -- the platform does\n  - name: production\n`
  assert.equal(await unused(text('approval/missing, order/cycle')), text('approval/missing'))
  assert.equal(await unused(text('order/cycle, approval/missing')), text('approval/missing'))
  assert.equal(await unused(text('approval/missing order/cycle rollback/missing')), text('approval/missing rollback/missing'))
})
