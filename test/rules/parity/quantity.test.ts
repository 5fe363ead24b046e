import assert from 'node:assert/strict'
import {test} from 'node:test'
import {quantity, share} from '../../../server/rules/parity/quantity.ts'

test('reads every spelling of a quantity', () => {
  const same: readonly (readonly [unknown, unknown])[] = [
    [0.5, '500m'],
    ['1Gi', '1024Mi'],
    ['1Gi', 1024 ** 3],
    ['1k', '1e3'],
    ['1E', '1e18'],
    ['2E3', 2000],
    ['100M', '0.1G'],
    ['1000000n', '1m'],
    ['.5', '0.50'],
  ]
  for (const [one, other] of same) assert.equal(share(quantity(one) ?? -1, quantity(other) ?? -2), 1, `${one} and ${other}`)
})

test('what is no quantity has no amount', () => {
  for (const written of ['', 'much', '1 Gi', '1gi', '25%', null, undefined, {}, []]) assert.equal(quantity(written), undefined, String(written))
})

test('a share is smaller ÷ larger', () => {
  assert.equal(share(1, 4), 0.25)
  assert.equal(share(4, 1), 0.25)
  assert.equal(share(0, 4), 0)
  assert.equal(share(0, 0), 1)
  assert.equal(share(0.1 + 0.2, 0.3), 1)
})
