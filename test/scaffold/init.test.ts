import assert from 'node:assert/strict'
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {test} from 'node:test'
import {runIn} from '../cli/run.ts'

type Files = Readonly<Record<string, string>>

/** Runs init and then check in a folder of these files; answers what was written and what check says. */
async function init(files: Files): Promise<{written: string; check: {code: number; out: string}; said: string}> {
  const folder = await mkdtemp(join(tmpdir(), 'shop-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), {recursive: true})
      await writeFile(join(folder, path), text)
    }
    const said = await runIn(folder, ['init'])
    assert.equal(said.code, 0, said.error)
    return {written: await readFile(join(folder, 'progression.yaml'), 'utf8'), check: await runIn(folder, ['check', '--no-render']), said: said.out}
  } finally {
    await rm(folder, {recursive: true, force: true})
  }
}

const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: shop-web}\nspec: {ports: [{name: http, port: 80}]}\n'
const deployment =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: shop-web}\nspec: {template: {spec: {containers: [{name: web, image: "ghcr.io/acme/shop-web:1.2"}]}}}\n'

test('overlays become environments in the order of their tiers, with their namespaces', async () => {
  const {written, check, said} = await init({
    'deploy/base/kustomization.yaml': 'resources: [web.yaml]\n',
    'deploy/base/web.yaml': `${service}---\n${deployment}`,
    'deploy/overlays/production/kustomization.yaml': 'namespace: shop-live\nresources: [../../base]\n',
    'deploy/overlays/dev/kustomization.yaml': 'namespace: shop-dev\nresources: [../../base]\n',
    'deploy/overlays/staging/kustomization.yaml': 'resources: [../../base]\n',
  })
  assert.match(said, /with dev, staging, production/)
  assert.match(written, /manifests: \{kustomize: 'deploy\/overlays\/\$\{environment\}'\}/)
  assert.match(written, /name: production\n {4}cluster: production\n {4}namespace: shop-live/)
  assert.match(written, /service: 'shop-web:http'/)
  assert.match(written, /images:\n {2}- ghcr\.io\/acme\/shop-web\n/)
  assert.equal(check.code, 0, check.out)
})

test('values files beside a chart become environments', async () => {
  const {written, check} = await init({
    'chart/Chart.yaml': 'name: shop\nversion: 1.0.0\n',
    'chart/values-dev.yaml': 'a: 1\n',
    'chart/values-prod.yaml': 'a: 2\n',
  })
  assert.match(written, /manifests: \{helm: \{chart: chart, values: \['chart\/values-\$\{environment\}\.yaml'\]\}\}/)
  assert.equal(check.code, 0, check.out)
})

test('plain folders named after environments do too', async () => {
  const {written, check} = await init({'k8s/test/web.yaml': service, 'k8s/live/web.yaml': service})
  assert.match(written, /manifests: \{directory: 'k8s\/\$\{environment\}'\}/)
  assert.match(written, /name: test\n[^-]*- name: live/)
  assert.equal(check.code, 0, check.out)
})

test('an empty folder gets the usual three, and the check asks for nothing but what people must know', async () => {
  const {written, check, said} = await init({})
  assert.match(said, /no overlays or values files/)
  assert.deepEqual(
    [...written.matchAll(/- name: (\w+)/g)].map(([, name]) => name),
    ['dev', 'staging', 'production'],
  )
  assert.equal(check.code, 0, check.out)
})

test('nothing is overwritten', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'shop-'))
  await writeFile(join(folder, 'progression.yaml'), 'mine\n')
  const {code, error} = await runIn(folder, ['init'])
  assert.equal(code, 2)
  assert.match(error, /There is a progression\.yaml here already/)
  assert.equal(await readFile(join(folder, 'progression.yaml'), 'utf8'), 'mine\n')
  await rm(folder, {recursive: true, force: true})
})
