import assert from 'node:assert/strict'
import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {cp, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {after, test} from 'node:test'
import {runIn} from '../cli/run.ts'
import {useCluster} from '../cluster/shared.ts'
import {corpus, needsCorpus} from './folder.ts'

/** A dozen Deployments that nobody here wrote, promoted through two environments and rolled back by the command line. */
const demo = 'GoogleCloudPlatform__microservices-demo'
const registry = 'us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo'
const services = ['ad', 'cart', 'checkout', 'currency', 'email', 'frontend', 'payment', 'productcatalog', 'recommendation', 'shipping'].map(name =>
  name === 'frontend' ? name : `${name}service`,
)
const images = [...services, 'loadgenerator'].map(name => `${registry}/${name}`)

const digest = (image: string, release: number): string => `sha256:${createHash('sha256').update(`${image} ${release}`).digest('hex')}`
const pinned = (release: number): string[] => [...images, 'redis', 'busybox'].flatMap(image => ['--image', `${image}@${digest(image, release)}`])

const cluster = await useCluster()
const options = {...needsCorpus(demo), ...cluster.needed}

for (const [kind, manifests] of [
  ['kustomize', '{kustomize: kustomize}'],
  ['chart', '{helm: {chart: helm-chart, release: boutique}}'],
] as const) {
  test(`the ${kind} of the microservices demo is checked, drawn, promoted twice and rolled back`, options, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'progression-boutique-'))
    after(() => rm(folder, {recursive: true, force: true}))
    await cp(join(corpus, demo), folder, {recursive: true})
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], {cwd: folder, encoding: 'utf8'})
    const [dev, staging] = [await cluster.namespace(`${kind}-dev`), await cluster.namespace(`${kind}-staging`)]
    await writeFile(
      join(folder, 'progression.yaml'),
      `apiVersion: progression.dev/v1
name: boutique
clusters: {local: {context: local, uid: ${cluster.running.uid}}}
manifests: ${manifests}
defaults:
  cluster: local
  smoke: {service: 'frontend:http', http: [{get: /}], timeout: 60s}
  rollback: {within: 60s}
environments:
  - {name: dev, namespace: ${dev}}
  - {name: staging, namespace: ${staging}}
`,
    )
    git('init', '--quiet')
    execFileSync('chmod', ['-R', 'u+w', folder])
    git('add', '.')
    git('commit', '--quiet', '-m', 'The boutique')
    const environment = {KUBECONFIG: cluster.running.kubeconfig}
    const progression = (...args: string[]) => runIn(folder, args, environment)
    const imageOf = async (namespace: string): Promise<string> => {
      const deployment = await cluster.running.api.get<{spec: {template: {spec: {containers: {image: string}[]}}}}>(
        `/apis/apps/v1/namespaces/${namespace}/deployments/frontend`,
      )
      return deployment.spec.template.spec.containers[0]?.image ?? ''
    }

    const checked = await progression('check', '--fail-on', 'error')
    assert.equal(checked.code, 0, checked.out + checked.error)
    assert.doesNotMatch(checked.out, /not checked|does not render/)
    assert.match((await progression('graph')).out, /│ dev .*──▶ │ staging/)

    const unpinned = await progression('plan', 'dev')
    assert.equal(unpinned.code, 2)
    assert.match(unpinned.out + unpinned.error, /adservice:v[\d.]+ .*has no digest/)

    for (const release of [1, 2]) {
      const toDev = await progression('promote', 'dev', '--yes', ...pinned(release))
      assert.equal(toDev.code, 0, toDev.out + toDev.error)
      const toStaging = await progression('promote', 'staging', '--yes')
      assert.equal(toStaging.code, 0, toStaging.out + toStaging.error)
      assert.match(await imageOf(staging), new RegExp(digest(`${registry}/frontend`, release)))
    }
    const back = await progression('rollback', 'staging', '--yes')
    assert.equal(back.code, 0, back.out + back.error)
    assert.match(back.out, /rolled back in \d+\.\d s/)
    assert.match(await imageOf(staging), new RegExp(digest(`${registry}/frontend`, 1)))
    assert.match(await imageOf(dev), new RegExp(digest(`${registry}/frontend`, 2)))
    const status = await progression('status')
    assert.match(status.out, /staging +r[0-9a-f]+ +rolled back/)
  })
}
