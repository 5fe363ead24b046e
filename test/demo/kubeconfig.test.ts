import assert from 'node:assert/strict'
import {mkdtemp, readFile, rm, stat, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {test} from 'node:test'
import {writeKubeconfig} from '../../scripts/demo/kubeconfig.ts'
import {kubeconfig, makeIdentities} from '../cluster/identities.ts'

test('the contexts of the example lead to the local cluster, and none is current', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'progression-kubeconfig-'))
  t.after(() => rm(folder, {recursive: true}))
  const [source, target] = [join(folder, 'source'), join(folder, 'target')]
  await writeFile(source, kubeconfig('https://127.0.0.1:6443', 'certificate', makeIdentities()))
  await writeKubeconfig(source, target, ['nonprod', 'production'])
  const written = JSON.parse(await readFile(target, 'utf8')) as {contexts: unknown; 'current-context': string}
  assert.deepEqual(written.contexts, [
    {name: 'nonprod', context: {cluster: 'local', user: 'local'}},
    {name: 'production', context: {cluster: 'local', user: 'local'}},
  ])
  assert.equal(written['current-context'], '')
  assert.equal((await stat(target)).mode & 0o077, 0, 'others may not read its tokens')
})
