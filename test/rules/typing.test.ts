import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {test} from 'node:test'
import {Analysis, usualSettings} from '../../server/analysis.ts'
import {checklist} from '../../server/checklist/checklist.ts'
import {Document} from '../../server/document/document.ts'
import {editsOf} from '../../server/fixes/index.ts'
import {waysToSilence} from '../../server/fixes/silence.ts'
import {MemoryFiles} from '../memory-files.ts'

const whole = readFileSync(new URL('../sources/progression/whole.yaml', import.meta.url), 'utf8')
const {signal} = new AbortController()

test('at every prefix of a whole progression no rule fails, nor a fix, nor the checklist', async () => {
  const files = new MemoryFiles({'deploy/overlays/staging/kustomization.yaml': 'resources: []\n'})
  const log: string[] = []
  const analysis = new Analysis({files, rootOf: async () => files.root, log: message => log.push(message), settings: () => usualSettings})
  let document = new Document(files.uri('progression.yaml'), 0, '')
  for (let length = 1; length <= whole.length; length += 3) {
    const text = whole.slice(document.text.length, length)
    const end = document.lines.position(document.text.length)
    document = document.edit([{range: {start: end, end}, text}], length)
    await analysis.prepare(document, signal)
    const [progression] = analysis.progressions(document)
    if (progression) assert.equal(checklist(progression).length, 10)
    for (const finding of analysis.textFindings(document)) {
      for (const fix of [...(finding.fix ? [finding.fix] : []), ...waysToSilence(finding)]) {
        if (progression) editsOf(fix.id, {document, at: finding.at, progression, arguments: fix.arguments})
      }
    }
  }
  assert.deepEqual(log, [])
})

test('the whole progression is clean but for the files that are not there', async () => {
  const files = new MemoryFiles({
    'load/checkout.js': '',
    'deploy/migrate.yaml': '',
    ...Object.fromEntries(['dev', 'staging', 'production'].map(name => [`deploy/overlays/${name}/kustomization.yaml`, 'resources: []\n'])),
  })
  const analysis = new Analysis({files, rootOf: async () => files.root, log: message => assert.fail(message), settings: () => usualSettings})
  const document = new Document(files.uri('progression.yaml'), 0, whole)
  await analysis.prepare(document, signal)
  const loud = analysis.textFindings(document).filter(({level}) => level === 'error' || level === 'warning')
  assert.deepEqual(
    loud.map(({code, message}) => `${code}: ${message}`),
    [],
  )
})
