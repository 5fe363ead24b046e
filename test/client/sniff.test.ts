import assert from 'node:assert/strict'
import {test} from 'node:test'
import {isProgression} from '../../client/features/start/sniff.ts'

const sniff = (path: string, head = '', languageId = 'yaml') => isProgression({languageId, path, head})

test('knows a progression by its name', () => {
  for (const path of ['/shop/progression.yaml', '/progression.yml', '/shop/web.progression.yaml']) assert.equal(sniff(path), true, path)
  for (const path of ['/shop/my-progression.yaml', '/shop/progression.yaml.orig', '/shop/progression/values.yaml']) assert.equal(sniff(path), false, path)
})

test('knows a progression of any name by its apiVersion', () => {
  for (const head of ['apiVersion: progression.dev/v1\n', '# ours\n---\napiVersion: "progression.dev/v1"\n', "name: shop\napiVersion:  'progression.dev/v1'\n"])
    assert.equal(sniff('/a.yaml', head), true, head)
})

test('leaves alone what only speaks of one', () => {
  for (const head of [
    'apiVersion: apps/v1\n',
    '# apiVersion: progression.dev/v1\n',
    'spec:\n  apiVersion: progression.dev/v1\n',
    'apiVersion: notprogression.dev/v1\n',
  ])
    assert.equal(sniff('/a.yaml', head), false, head)
})

test('trusts the language that somebody chose', () => {
  assert.equal(sniff('/a.txt', '', 'progression'), true)
  assert.equal(sniff('/a.md', 'apiVersion: progression.dev/v1\n', 'markdown'), false)
})
