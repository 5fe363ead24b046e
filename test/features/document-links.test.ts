import assert from 'node:assert/strict'
import {test} from 'node:test'
import type {DocumentLink} from 'vscode-languageserver-protocol'
import {documentLinks} from '../../server/features/document-links.ts'
import {desk} from './desk.ts'

const files = {
  'base.yaml': 'gates: {}\n',
  'deploy/overlays/dev/kustomization.yaml': '',
  'deploy/overlays/production/kustomization.yml': '',
  'deploy/chart/Chart.yaml': '',
  'deploy/values.yaml': '',
  'deploy/migrate.yaml': '',
  'deploy/plain/a.yaml': '',
  'load/checkout.js': '',
  'scripts/smoke.sh': '',
  'flags/dev.json': '',
  'reports/trivy.sarif': '',
}

async function links(text: string): Promise<readonly string[]> {
  const {ask, document} = await desk(text, files)
  const found = (await ask(documentLinks)) as readonly DocumentLink[]
  return found.map(
    ({range, target}) =>
      `${document.text.slice(document.lines.offset(range.start), document.lines.offset(range.end))} → ${target?.slice('file:///workspace/'.length)}`,
  )
}

test('links what exists, folders by the file that matters in them', async () => {
  assert.deepEqual(
    await links(`
      extends: base.yaml
      manifests: [{kustomize: deploy/overlays/dev}, {helm: {chart: deploy/chart, values: [deploy/values.yaml, deploy/none.yaml]}}, {directory: deploy/plain}]
      environments:
        - name: dev
          load: {k6: load/checkout.js}
          migrate: {job: deploy/migrate.yaml}
          smoke: {run: [sh, scripts/smoke.sh, --fast, missing.sh]}
          scan: {report: "reports/trivy.sarif"}
          flags: {flagd: 'flags/\${environment}.json'}
    `),
    [
      'base.yaml → base.yaml',
      'deploy/overlays/dev → deploy/overlays/dev/kustomization.yaml',
      'deploy/chart → deploy/chart/Chart.yaml',
      'deploy/values.yaml → deploy/values.yaml',
      'deploy/plain → deploy/plain/a.yaml',
      'load/checkout.js → load/checkout.js',
      'deploy/migrate.yaml → deploy/migrate.yaml',
      'scripts/smoke.sh → scripts/smoke.sh',
      '"reports/trivy.sarif" → reports/trivy.sarif',
      "'flags/${environment}.json' → flags/dev.json",
    ],
  )
})

test('a path for every environment leads to the first that exists, inside an environment to its own', async () => {
  const text =
    "manifests: {kustomize: 'deploy/overlays/${environment}'}\nenvironments:\n  - name: test\n  - name: dev\n  - {name: production, manifests: {kustomize: 'deploy/overlays/${environment}'}}\n"
  const {ask} = await desk(text, files)
  const found = (await ask(documentLinks)) as readonly DocumentLink[]
  assert.deepEqual(
    found.map(({target, tooltip}) => [target, tooltip]),
    [
      ['file:///workspace/deploy/overlays/dev/kustomization.yaml', 'Open deploy/overlays/dev: kustomization.yaml'],
      ['file:///workspace/deploy/overlays/production/kustomization.yml', 'Open deploy/overlays/production: kustomization.yml'],
    ],
  )
})

test('links nothing that is not there, not known or not below', async () => {
  assert.deepEqual(await links("extends: none.yaml\nmanifests: {helm: {chart: 'oci://ghcr.io/a/b', values: ['deploy/${release}.yaml', /etc/passwd]}}\n"), [])
})
