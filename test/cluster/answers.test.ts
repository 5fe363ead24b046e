import assert from 'node:assert/strict'
import {test} from 'node:test'
import {type AnsweringPod, defaultAnswer, versionOf} from './answers.ts'

const pod: AnsweringPod = {
  namespace: 'shop',
  name: 'web-1',
  image: 'example/web:1.2',
  labels: {},
  annotations: {},
  environment: {},
  container: {name: 'main', image: 'example/web:1.2'},
  port: 8080,
}
const answersOf = (annotation: string, path: string) =>
  defaultAnswer({...pod, annotations: {'sim.progression.dev/answers': annotation}}, {method: 'GET', path, headers: {}})

test('an image has the version of its tag, else its digest', () => {
  assert.equal(versionOf('registry:5000/shop/web:1.2@sha256:abc'), '1.2')
  assert.equal(versionOf('registry:5000/shop/web@sha256:abc'), 'sha256:abc')
  assert.equal(versionOf('registry:5000/shop/web'), 'latest')
})

test('the annotation wins, the exact path with its query first, then the path, then *', () => {
  const answers = JSON.stringify({'/a?b': {status: 201}, '/a': {status: 202}, '*': {status: 203}})
  assert.deepEqual(
    ['/a?b', '/a?c', '/x'].map(path => answersOf(answers, path).status),
    [201, 202, 203],
  )
})

test('an annotation that is no JSON says so in every answer', () => {
  const {status, body} = answersOf('{', '/')
  assert.equal(status, 500)
  assert.match(String(body), /^The annotation sim.progression.dev\/answers is no JSON/)
})
