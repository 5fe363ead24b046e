import assert from 'node:assert/strict'
import {test} from 'node:test'
import {plainName} from '../../../server/rules/parity/names.ts'
import {type Compared, match} from '../../../server/rules/parity/objects.ts'

function object(name: string, words: readonly string[], namespace = '', kind = 'Deployment'): Compared {
  const json = {apiVersion: 'apps/v1', kind, metadata: {name, namespace}}
  return {kind, name, plainName: plainName(name, words), plainNamespace: plainName(namespace, words), object: json, manifest: {object: json}, words}
}

const names = (matched: ReturnType<typeof match>): unknown => ({
  both: matched.both.map(([one, other]) => `${one.name} ${other.name}`).toSorted(),
  onlyEarlier: matched.onlyEarlier.map(({name}) => name),
  onlyLater: matched.onlyLater.map(({name}) => name),
})

test('finds the same objects by what is surest', () => {
  const earlier = [object('runner', ['test']), object('test-runner', ['test']), object('test-api', ['test'])]
  const later = [object('test-runner', ['prod']), object('runner', ['prod']), object('prod-api', ['prod'])]
  assert.deepEqual(names(match(earlier, later)), {both: ['runner runner', 'test-api prod-api', 'test-runner test-runner'], onlyEarlier: [], onlyLater: []})
})

test('tells objects of a name apart by their namespaces', () => {
  const earlier = [object('api', ['test'], 'a-test'), object('api', ['test'], 'b-test')]
  const later = [object('api', ['prod'], 'b-prod'), object('api', ['prod'], 'a-prod')]
  assert.deepEqual(
    match(earlier, later).both.map(([one, other]) => `${one.plainNamespace} ${other.plainNamespace}`),
    ['a a', 'b b'],
  )
})

test('another kind is another object', () => {
  const found = match([object('api', [])], [object('api', [], '', 'StatefulSet')])
  assert.deepEqual(names(found), {both: [], onlyEarlier: ['api'], onlyLater: ['api']})
})
