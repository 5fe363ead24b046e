import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {test} from 'node:test'
import {defaultSettings, readSettings} from '../../server/workspace/settings.ts'

test('reads what an editor sends', () => {
  const settings = readSettings({
    rules: {'parity/replicas': 'off', 'rollback/missing': 'error'},
    environmentNames: {blue: 'production'},
    exclude: ['old'],
    kubeconfig: ' ~/clusters ',
    contexts: {'prod-eu': 'mine'},
    kubernetesVersion: '1.37',
    render: {enabled: false},
    tools: {helm: '/usr/bin/helm'},
    foreignSchemas: false,
  })
  assert.deepEqual(
    [...settings.rules],
    [
      ['parity/replicas', 'off'],
      ['rollback/missing', 'error'],
    ],
  )
  assert.deepEqual(settings.environmentNames, {blue: 'production'})
  assert.deepEqual(settings.exclude, ['old'])
  assert.equal(settings.kubeconfig, '~/clusters')
  assert.deepEqual(settings.contexts, {'prod-eu': 'mine'})
  assert.equal(settings.kubernetesVersion, '1.37')
  assert.equal(settings.render.enabled, false)
  assert.deepEqual(settings.tools, {kustomize: undefined, helm: '/usr/bin/helm', kubectl: undefined})
  assert.equal(settings.foreignSchemas, false)
})

test('what is of the wrong kind counts as not said', () => {
  const wrong = {
    rules: {a: 'loud', b: 1},
    environmentNames: ['x'],
    exclude: 'old',
    kubeconfig: '',
    contexts: {a: 1},
    kubernetesVersion: 1.37,
    render: 'no',
    tools: null,
    foreignSchemas: 'no',
  }
  assert.deepEqual(readSettings(wrong), defaultSettings)
  for (const value of [undefined, null, 1, 'x', []]) assert.deepEqual(readSettings(value), defaultSettings)
})

test('every setting the extension offers is read, and starts with the default it shows', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    contributes: {configuration: {properties: Record<string, {default: unknown}>}}
  }
  const defaults: Record<string, unknown> = {}
  for (const [name, {default: value}] of Object.entries(manifest.contributes.configuration.properties)) {
    const [, first = '', second] = name.split('.')
    if (first === 'trace') continue
    assert.ok(first in defaultSettings, `${name} is read`)
    defaults[first] = second === undefined ? value : {...(defaults[first] as object | undefined), [second]: value}
  }
  assert.deepEqual(readSettings(defaults), defaultSettings)
})
