import assert from 'node:assert/strict'
import {spawnSync} from 'node:child_process'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {after, test} from 'node:test'
import type {Tally} from '../../scripts/test/tally.ts'

const folder = await mkdtemp(join(tmpdir(), 'progression-suite-'))
after(() => rm(folder, {recursive: true}))
const scripts = join(import.meta.dirname, '..', '..', 'scripts')

/** Runs test files in a process of its own: node:test refuses to run inside itself. */
async function tallyOf(files: Readonly<Record<string, string>>): Promise<Tally> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  const paths = Object.keys(files).map(name => join(folder, name))
  const program = `
    import {Terminal} from ${JSON.stringify(join(scripts, 'progress.mjs'))}
    import {runSuite} from ${JSON.stringify(join(scripts, 'test', 'suite.ts'))}
    import {Writable} from 'node:stream'
    const task = new Terminal(new Writable({write: (_piece, _encoding, done) => done()})).task('Tests')
    const signal = new AbortController().signal
    const tally = await runSuite({root: ${JSON.stringify(folder)}, files: ${JSON.stringify(paths)}, concurrency: 2, task, signal})
    task.drop()
    console.log(JSON.stringify(tally))`
  const {NODE_TEST_CONTEXT: _, ...environment} = process.env
  await writeFile(join(folder, 'program.ts'), program)
  const {stdout, stderr} = spawnSync(process.execPath, [join(folder, 'program.ts')], {encoding: 'utf8', env: environment})
  assert.notEqual(stdout, '', stderr)
  return JSON.parse(stdout) as Tally
}

test('counts tests and not the suites around them, with the reasons of those that were skipped', async () => {
  const {passed, failed, skipped} = await tallyOf({
    'counted.test.ts': `import {describe, it, test} from 'node:test'
      test('one', () => {})
      describe('group', () => { it('two', () => {}) })
      test('parent', async t => { await t.test('child', () => {}) })
      test('not here', {skip: 'no Go'}, () => {})
      test('not now', t => t.skip('no Chromium'))`,
  })
  assert.equal(passed, 4)
  assert.deepEqual(failed, [])
  assert.deepEqual(skipped, [
    {name: 'counted.test.ts › not here', why: 'no Go'},
    {name: 'counted.test.ts › not now', why: 'no Chromium'},
  ])
})

test('a failure bears its whole name, its error and what its file printed', async () => {
  const {passed, failed} = await tallyOf({
    'failing.test.ts': `import {describe, it} from 'node:test'
      describe('group', () => { it('breaks', () => { console.log('said before'); throw new Error('boom') }) })`,
  })
  assert.equal(passed, 0)
  assert.deepEqual(
    failed.map(({name}) => name),
    ['failing.test.ts › group › breaks'],
  )
  assert.match(failed[0]?.output ?? '', /Error: boom[\s\S]*said before/)
})

test('a file that does not load, or holds no test, is a failure', async () => {
  const {passed, failed} = await tallyOf({'unloadable.test.ts': `import './missing.ts'`, 'empty.test.ts': 'export {}'})
  assert.equal(passed, 0)
  assert.equal(failed.length, 2)
  assert.match(failed.map(({output}) => output).join('\n'), /Cannot find module/)
  assert.match(failed.map(({output}) => output).join('\n'), /holds no test/)
})
