import assert from 'node:assert/strict'
import {test} from 'node:test'
import {openRenderer} from '../render/render.ts'
import {apply, check} from '../rules/check.ts'

const renderer = openRenderer()

/** The text after the fix of the first finding of a code. */
async function fixed(code: string, texts: Readonly<Record<string, string>>): Promise<string> {
  const {document, checked, edits} = await check(texts, new Set([code]), renderer)
  const [finding] = checked.findings
  assert.ok(finding)
  return apply(document.text, edits(finding) ?? [])
}

const shop = (environments: string): string => `apiVersion: progression.dev/v1\nname: shop\nmanifests: {directory: deploy}\nenvironments:\n${environments}`

test('a smoke test asks the first service that is rendered', async () => {
  const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 8080}]}\n'
  assert.equal(
    await fixed('smoke/missing', {'progression.yaml': shop('  - name: production\n'), 'deploy/web.yaml': service}),
    shop("  - name: production\n    smoke: {service: 'web:8080', http: [{get: /healthz}], timeout: 60s}\n"),
  )
  const named = service.replace('{port: 8080}', '{name: http, port: 8080}')
  assert.match(await fixed('smoke/missing', {'progression.yaml': shop('  - name: production\n'), 'deploy/web.yaml': named}), /service: 'web:http'/)
})

test('without one, it asks a service named like the progression', async () => {
  assert.match(await fixed('smoke/missing', {'progression.yaml': shop('  - {name: production}\n')}), /\{name: production, smoke: \{service: 'shop:http'/)
})

test('a rollback is added with its time', async () => {
  assert.equal(
    await fixed('rollback/missing', {'progression.yaml': shop('  - name: production # live\n')}),
    shop('  - name: production # live\n    rollback: {within: 60s}\n'),
  )
})

test('a misspelled word is replaced inside its quotes', async () => {
  const text = (name: string): string => shop(`  - name: dev\n  - {name: staging, after: ["${name}"]}\n`)
  assert.equal(await fixed('order/unknown-environment', {'progression.yaml': text('devv')}), text('dev'))
})
