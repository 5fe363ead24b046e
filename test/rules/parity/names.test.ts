import assert from 'node:assert/strict'
import {test} from 'node:test'
import {plainName, withoutHash} from '../../../server/rules/parity/names.ts'

const words = ['production', 'prod', 'prd', 'live']

test('takes the words of an environment out of a name, wherever they stand', () => {
  for (const name of ['prod-api', 'api-prod', 'production-api', 'api-live', 'api']) assert.equal(plainName(name, words), 'api', name)
  assert.equal(plainName('shop-prod-api', words), 'shop-api')
  assert.equal(plainName('shop.prod.example', words), 'shop..example')
})

test('leaves parts of words, and a name that is nothing else', () => {
  for (const name of ['product-api', 'liveness', 'api-prod2', 'reprod']) assert.equal(plainName(name, words), name)
  assert.equal(plainName('prod', words), 'prod')
})

test('a word may hold what means something in a pattern', () => {
  assert.equal(plainName('api-a.b', ['a.b']), 'api')
  assert.equal(plainName('api-axb', ['a.b']), 'api-axb')
})

test('takes away the hash of a generator, and nothing like it', () => {
  assert.equal(withoutHash('api-config-5h2k7m9bg4'), 'api-config')
  assert.equal(withoutHash('api-config'), 'api-config')
  assert.equal(withoutHash('api-aeiouaeiou'), 'api-aeiouaeiou')
})
