import assert from 'node:assert/strict'
import {globSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {test} from 'node:test'
import {rules} from '../../server/rules/index.ts'
import {openRenderer} from '../render/render.ts'
import {check} from './check.ts'

const renderer = openRenderer()
const folder = join(import.meta.dirname, '../../examples/broken')
const texts = Object.fromEntries(
  globSync('**/*.{yaml,sh,js}', {cwd: folder}).map(path => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]),
)
const progressions = Object.keys(texts).filter(path => /(^|\.)progression\.yaml$/.test(path))

/** Codes that are found in a progression of the workspace. */
async function codesIn(path: string): Promise<readonly string[]> {
  const {checked} = await check({...texts, 'progression.yaml': texts[path] ?? ''}, undefined, renderer)
  return [...new Set(checked.findings.map(({code}) => code))].toSorted()
}

test('the broken example shows every rule', async () => {
  const found = (await Promise.all(progressions.map(codesIn))).flat()
  assert.deepEqual([...new Set(found)].toSorted(), Object.keys(rules).toSorted())
})

test('each of its files says which rules speak, and no other does', async () => {
  for (const path of progressions) {
    const comments = [...(texts[path] ?? '').matchAll(/^ *# (?!progression-ignore)(.*)$/gm)].map(([, words = '']) => words)
    const codes = comments.flatMap(words => words.match(/\b[a-z]+\/[a-z-]+/g) ?? []).filter(code => Object.hasOwn(rules, code))
    assert.deepEqual(await codesIn(path), [...new Set(codes)].toSorted(), path)
  }
})
