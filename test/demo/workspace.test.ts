import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {cp, mkdtemp, readFile, rm, stat, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {after, test} from 'node:test'
import {versions} from '../../scripts/demo/shop.ts'
import {digestOf, Workspace} from '../../scripts/demo/workspace.ts'

const example = join(import.meta.dirname, '..', '..', 'examples', 'shop')
const {signal} = new AbortController()
const workspace = await Workspace.create(example, signal)
after(() => workspace.remove())

const git = (...parameters: string[]): string => execFileSync('git', parameters, {cwd: workspace.folder, encoding: 'utf8'}).trim()
const read = (file: string): Promise<string> => readFile(join(workspace.folder, file), 'utf8')

test('the copy is a clean Git repository of its own', () => {
  assert.equal(git('status', '--porcelain'), '')
  assert.equal(git('log', '--format=%s'), 'The shop, version 1.4.2')
})

test('the identity of the cluster is written and committed', async () => {
  const uid = '11111111-2222-4333-8444-555555555555'
  await workspace.nameCluster(uid)
  assert.match(await read('progression.yaml'), new RegExp(`uid: ${uid}\n`))
  assert.equal(git('status', '--porcelain'), '')
  assert.equal(git('log', '-1', '--format=%s'), 'Name the cluster by its identity')
})

test('a release changes the digests of both images and the configuration, in one commit', async () => {
  await workspace.release(versions.good, versions.bad, 'The next one')
  const changed = git('show', '--format=', '--unified=0').split('\n')
  const added = changed.filter(line => /^\+[^+]/.test(line)).map(line => line.slice(1).trim())
  assert.deepEqual(added, ['- CHECKOUT=v5', `digest: ${digestOf('shop-api', versions.bad)}`, `digest: ${digestOf('shop-web', versions.bad)}`])
  assert.equal(git('status', '--porcelain'), '')
})

test('a release that is not what the example holds is an error, not an empty commit', async () => {
  await assert.rejects(workspace.release('0.0.1', versions.bad, 'Nothing'), /kustomization\.yaml of the example no longer holds/)
})

test('hooks, signing keys and the name of the person at the machine stay out of it', async t => {
  const home = await mkdtemp(join(tmpdir(), 'progression-home-'))
  t.after(() => rm(home, {recursive: true}))
  await writeFile(join(home, '.gitconfig'), '[commit]\n  gpgsign = true\n[user]\n  name = Somebody\n  signingkey = missing\n[init]\n  defaultBranch = trunk\n')
  const before = process.env.HOME
  process.env.HOME = home
  t.after(() => {
    process.env.HOME = before
  })
  const other = await Workspace.create(example, signal)
  t.after(() => other.remove())
  const log = execFileSync('git', ['log', '--format=%an %D'], {cwd: other.folder, encoding: 'utf8'}).trim()
  assert.equal(log, 'Shop HEAD -> main')
})

test('removing it leaves nothing', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'progression-example-'))
  await cp(example, copy, {recursive: true})
  const other = await Workspace.create(copy, signal)
  await other.remove()
  await assert.rejects(stat(join(other.folder, '..')), {code: 'ENOENT'})
  await rm(copy, {recursive: true})
})
