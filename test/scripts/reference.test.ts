import assert from 'node:assert/strict'
import {readFile} from 'node:fs/promises'
import {test} from 'node:test'
import {referencePage} from '../../scripts/reference/page.ts'

test('docs/format.md says what the schema says', async () => {
  const written = await readFile(new URL('../../docs/format.md', import.meta.url), 'utf8')
  assert.equal(written, await referencePage(), 'Run node scripts/reference.ts')
})
