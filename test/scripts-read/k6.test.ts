import assert from 'node:assert/strict'
import {test} from 'node:test'
import {type K6Reading, readK6} from '../../server/scripts/k6/read.ts'
import {isAlwaysKept} from '../../server/scripts/k6/thresholds.ts'

const read = async (text: string): Promise<K6Reading> => (await readK6(text)) ?? assert.fail(`this does not parse:\n${text}`)

async function thresholds(text: string): Promise<string> {
  const {thresholds: found} = await read(text)
  return found.state === 'known' ? found.items.map(({metric, expression}) => `${metric} ${expression}`).join(', ') : found.state
}

test('thresholds are those of the options that are exported', async () => {
  for (const [text, expected] of [
    ['export const options = {thresholds: {http_req_failed: ["rate<0.01"]}}', 'http_req_failed rate<0.01'],
    ['export let options = {thresholds: {"http_req_duration{path:a}": [{threshold: "p(95)<500"}]}}', 'http_req_duration{path:a} p(95)<500'],
    ['const limits = {checks: ["rate>0.9", `rate>${0.5}`]}\nconst all = {thresholds: limits}\nexport {all as options}', 'checks rate>0.9, checks undefined'],
    ['export const options = {vus: 1}', 'absent'],
    ['export const options = {thresholds: {}}', 'absent'],
    ['export const options = {thresholds: {checks: []}}', 'absent'],
    ['export default function () {}', 'absent'],
    ['const options = {thresholds: {a: ["b"]}}', 'absent'],
    ['export {options} from "./options.js"', 'unknown'],
    ['export * from "./options.js"', 'unknown'],
    ['export const options = {...base}', 'unknown'],
    ['export const options = {...base, thresholds: {a: ["rate<1"]}}', 'a rate<1'],
    ['export const options = load()', 'unknown'],
    ['export const options = {thresholds: limits()}', 'unknown'],
    ['export const options = {}\noptions.thresholds = {a: ["b"]}', 'unknown'],
    ['exports.options = {thresholds: {}}', 'unknown'],
  ] as const)
    assert.equal(await thresholds(text), expected, text)
})

test('requests are told by the name that k6/http is imported under', async () => {
  const text = `import web from 'k6/http'; import http from './mine.js'
const BASE = __ENV.BASE || 'https://a'
let path = '/x'
path = '/y'
export default function () {
  web.get(BASE + '/one')
  web.post(\`\${BASE}/two/\${id}\`, {})
  web.request('delete', web.url\`\${BASE}/three\`)
  web.batch([BASE, ['PUT', \`\${BASE}/four\`]])
  web.get(path)
  http.get('https://b')
}`
  const {requests, isOpen} = await read(text)
  assert.deepEqual(
    requests.map(({method, url}) => [method, url.map(piece => piece ?? '?').join('')]),
    [
      ['GET', 'https://a/one'],
      ['POST', 'https://a/two/?'],
      ['DELETE', 'https://a/three'],
      ['GET', 'https://a'],
      ['PUT', 'https://a/four'],
      ['GET', '?'],
    ],
  )
  assert.equal(isOpen, true, 'another file may ask for more')
  const [first] = requests
  assert.equal(text.slice(first?.at.start, first?.at.end), "web.get(BASE + '/one')")
})

test('a test that ends itself can fail', async () => {
  const start = "import http from 'k6/http'\n"
  for (const [text, expected] of [
    ['import exec from "k6/execution"\nexport default () => { exec.test.abort() }', true],
    ['export function setup() { if (http.get("a").status !== 200) throw new Error("down") }', true],
    ['export function handleSummary(data) { if (bad(data)) fail("slow") }', true],
    ['export default function () { throw new Error("one iteration") }', false],
    ['import {fail} from "k6"\nexport default function () { fail("one iteration") }', false],
  ] as const)
    assert.equal((await read(start + text)).mayAbort, expected, text)
})

test('TypeScript and what is no script are not read', async () => {
  assert.equal(await readK6('export const options: Options = {}'), undefined)
  assert.equal(await readK6('{"a": 1'), undefined)
})

test('a threshold that no measurement crosses', () => {
  for (const expression of ['rate<=1', 'rate < 1.1', 'rate>=0', 'count>=0', 'p(95)>=0', 'max >= 0']) assert.equal(isAlwaysKept(expression), true, expression)
  for (const expression of ['rate<1', 'rate<0.01', 'p(95)<500', 'count>0', 'value>=0', 'rate>0', 'whatever'])
    assert.equal(isAlwaysKept(expression), false, expression)
})
