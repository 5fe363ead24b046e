import assert from 'node:assert/strict'
import {test} from 'node:test'
import {files, product, read, typescript, withoutComments} from './repository.ts'

const itself = 'test/house/style.test.ts'

/** `file:line text` of every line that matches, comments left out where `code` says so. */
function linesLike(pattern: RegExp, among: readonly string[], {code = true} = {}): readonly string[] {
  return among
    .filter(file => file !== itself)
    .flatMap(file => {
      const text = read(file)
      return (code ? withoutComments(text) : text)
        .split('\n')
        .map((line, index) => ({line, index}))
        .filter(({line}) => pattern.test(line))
        .map(({line, index}) => `${file}:${index + 1} ${line.trim()}`)
    })
}

test('nothing is of the type that turns checks off', () => {
  assert.deepEqual(linesLike(/(:|<|\bas) any\b/, typescript), [])
})

test('nothing is exported as default', () => {
  assert.deepEqual(linesLike(/^export default\b/, product), [])
})

test('members are private by language, not by keyword', () => {
  assert.deepEqual(linesLike(/^\s+(private|public)\s+(?!constructor\b)\w/, typescript), [])
})

test('no test is left out or left alone', () => {
  const tests = typescript.filter(file => file.startsWith('test/'))
  assert.deepEqual(linesLike(/\b(it|test|describe|suite)\.(only|todo)\b/, tests), [])
})

test('nothing says that it will be done later', () => {
  assert.deepEqual(linesLike(/\b(TODO|FIXME|XXX)\b|not implemented/, typescript, {code: false}), [])
})

test('no path of one machine stands anywhere', () => {
  const text = files.filter(file => !/\.(png|ico|woff2?|gz|wasm)$/.test(file))
  assert.deepEqual(linesLike(/(^|[\s'"`(=:])\/(work|farm|root|home\/\w+|Users\/\w+)\//, text, {code: false}), [])
})

test('no host of a package registry stands anywhere but in the lock files of Go', () => {
  assert.deepEqual(linesLike(/"resolved":/, ['package-lock.json'], {code: false}), [])
})

test('messages to people do not shout', () => {
  const shouts = linesLike(/(message|report|title|showErrorMessage|showInformationMessage)\b.*['"`][A-Z][^'"`\n]*[a-z]!['"`]/, product)
  assert.deepEqual(shouts, [])
})

test('environment is written out', () => {
  assert.deepEqual(linesLike(/\b(const|let|function) env\b(?!.*process\.env)/, product), [])
})
