import assert from 'node:assert/strict'
import {readFile} from 'node:fs/promises'
import {test} from 'node:test'
import {tierOfName, tierWords} from '../../server/model/tier.ts'

test('docs/environment-names.md shows the words that decide', async () => {
  const page = await readFile(new URL('../../docs/environment-names.md', import.meta.url), 'utf8')
  for (const [tier, words] of Object.entries(tierWords)) assert.ok(page.includes(`| ${tier} | ${words.join(', ')} |`), tier)
})

test('its examples hold', () => {
  assert.deepEqual(
    ['prod-eu', 'live2', 'pre-prod', 'non-prod', 'nonprod', 'shop'].map(name => tierOfName(name)),
    ['production', 'production', 'staging', 'testing', 'testing', undefined],
  )
  assert.equal(tierOfName('blue', {blue: 'production'}), 'production')
})
