import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {existsSync} from 'node:fs'
import {cp, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {after, type TestContext, test} from 'node:test'
import {setTimeout as sleep} from 'node:timers/promises'
import {writeKubeconfig} from '../../scripts/demo/kubeconfig.ts'
import {createNamespaces} from '../../scripts/demo/namespaces.ts'
import {answering, versions} from '../../scripts/demo/shop.ts'
import {digestOf, Workspace} from '../../scripts/demo/workspace.ts'
import {packageExtension} from '../../scripts/package.ts'
import {MissingPrerequisite} from '../cluster/prerequisites.ts'
import {useCluster} from '../cluster/shared.ts'
import {requireChromium} from './chromium.ts'
import {variables} from './control-types.ts'
import {runSuite, type SuiteOptions} from './run.ts'

const shop = join(import.meta.dirname, '..', '..', 'examples', 'shop')
const skip = process.env.VSCODE_EXECUTABLE === undefined ? await requireChromium().then(() => undefined, excuse) : undefined

/** While this file is there the shop's pods keep a smoke test waiting, so that tests can look at a promotion in its midst. */
const hold = join(tmpdir(), `progression-hold-${process.pid}`)
const cluster = await useCluster({
  async answer(pod, request) {
    while (existsSync(hold)) await sleep(20)
    return answering(pod, request)
  },
})
after(() => rm(hold, {force: true}))

/** Without a browser the tests are skipped, but on a machine that was promised to be complete. */
function excuse(error: unknown): string {
  if (error instanceof MissingPrerequisite && process.env.CI !== 'true') return error.message
  throw error
}

/** Runs a suite inside VS Code and makes each of its results a subtest, so that they are counted and named here. */
async function inEditor(t: TestContext, options: SuiteOptions): Promise<void> {
  const {results, log, failure} = await runSuite(options)
  for (const {name, error, skipped} of results) await t.test(name, {skip: skipped}, () => assert.ok(error === undefined, error))
  const explained = results.some(({error}) => error !== undefined)
  assert.ok(results.length > 0, `no test ran in VS Code:\n${log}`)
  assert.ok(failure === undefined || explained, `${failure}:\n${log}`)
}

/** So that a promotion can be held in its midst on a slow machine too; what comes next is committed with it. */
async function giveSmokeTestsTime(workspace: string): Promise<void> {
  const path = join(workspace, 'progression.yaml')
  const before = await readFile(path, 'utf8')
  const after = before.replace(/timeout: \d+s/, 'timeout: 90s')
  assert.notEqual(after, before)
  await writeFile(path, after)
}

async function folder(t: TestContext): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'progression-workspace-'))
  t.after(() => rm(made, {recursive: true, force: true, maxRetries: 5}))
  return made
}

test('in a folder without a progression', {skip}, async t => {
  const empty = await folder(t)
  await writeFile(join(empty, 'values.yaml'), 'replicas: 2\n')
  await inEditor(t, {suite: 'first', folder: empty})
})

test('while a progression is edited', {skip}, async t => {
  const copy = await folder(t)
  await cp(shop, copy, {recursive: true})
  await inEditor(t, {suite: 'editing', folder: copy})
})

test('while a progression is written', {skip}, async t => {
  const copy = await folder(t)
  await cp(shop, copy, {recursive: true})
  const environments = 'environments:\n  - name: dev\n  - name: staging\n  - name: prod\n'
  const gates = `gates:\n  error-rate:\n    query: sum(rate(http_requests_total{status=~"5.."}[5m])) / sum(rate(http_requests_total[5m]))\n    max: 1%\ndefaults:\n  gates: [error-rate]\n`
  await writeFile(join(copy, 'gates.progression.yaml'), `apiVersion: progression.dev/v1\nname: gated\n${gates}${environments}`)
  await writeFile(join(copy, 'unready.progression.yaml'), `apiVersion: progression.dev/v1\nname: unready\n${environments}`)
  await inEditor(t, {suite: 'authoring', folder: copy})
})

test('in a workspace that nobody trusts', {skip}, async t => {
  const copy = await folder(t)
  await cp(shop, copy, {recursive: true})
  await inEditor(t, {suite: 'untrusted', folder: copy, packed: await packageExtension(), trusted: false})
})

test('while releases are promoted and rolled back', {skip: skip ?? cluster.needed.skip}, async t => {
  const workspace = await Workspace.create(shop, t.signal)
  t.after(() => workspace.remove())
  const {running} = cluster
  const kubeconfig = join(workspace.folder, '..', 'kubeconfig')
  await writeKubeconfig(running.kubeconfig, kubeconfig, ['nonprod', 'production'])
  await createNamespaces(running.api, ['shop-dev', 'shop-staging', 'shop'], t.signal)
  await giveSmokeTestsTime(workspace.folder)
  await workspace.nameCluster(running.uid)
  await workspace.release(versions.good, versions.bad, 'The next one')
  execFileSync('git', ['checkout', '--quiet', '--detach', 'main~1'], {cwd: workspace.folder})
  const digests = JSON.stringify({good: digestOf('shop-api', versions.good), bad: digestOf('shop-api', versions.bad)})
  const environment = {KUBECONFIG: kubeconfig, [variables.digests]: digests, [variables.hold]: hold}
  await inEditor(t, {suite: 'promoting', folder: workspace.folder, packed: await packageExtension(), environment})
})
