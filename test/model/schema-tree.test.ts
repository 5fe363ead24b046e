import assert from 'node:assert/strict'
import {test} from 'node:test'
import {branchOf, SchemaTree, wordsOf} from '../../server/model/schema-tree.ts'

const tree = new SchemaTree({
  type: 'object',
  'x-called': 'a garden',
  properties: {
    name: {title: 'Name of the garden', $ref: '#/$defs/name', examples: ['back']},
    beds: {title: 'Beds', anyOf: [{title: 'List', type: 'array', items: {$ref: '#/$defs/bed'}}, {$ref: '#/$defs/removed'}]},
    trees: {type: 'object', propertyNames: {$ref: '#/$defs/name'}, additionalProperties: {title: 'Tree', $ref: '#/$defs/bed'}},
  },
  patternProperties: {'^x-': {title: 'Free'}},
  additionalProperties: false,
  required: ['name'],
  $defs: {
    removed: {type: 'null'},
    name: {title: 'Name', description: 'A word.', type: 'string', pattern: '^[a-z]+$', examples: ['rose'], 'x-called': 'a word'},
    width: {title: 'Width', anyOf: [{type: 'integer'}, {type: 'string', enum: ['narrow', 'wide']}]},
    bed: {
      title: 'Bed',
      type: 'object',
      'x-called': 'a bed',
      properties: {name: {$ref: '#/$defs/name'}, width: {$ref: '#/$defs/width'}, other: {$ref: '#/$defs/bed/properties/width'}},
      additionalProperties: false,
    },
  },
})

test('finds what may stand at a path through lists, open maps and references', () => {
  assert.equal(tree.at([])?.['x-called'], 'a garden')
  assert.equal(tree.at(['beds', 3, 'name'])?.description, 'A word.')
  assert.equal(tree.at(['trees', 'oak', 'name'])?.title, 'Name')
  assert.equal(tree.at(['x-mine'])?.title, 'Free')
  for (const path of [['none'], ['beds', 'name'], ['name', 0], ['trees', 'oak', 'leaf', 'colour'], ['constructor']])
    assert.equal(tree.at(path), undefined, String(path))
})

test('words of the place win over those of the definition, which the branch keeps', () => {
  const name = tree.at(['name'])
  assert.equal(name?.title, 'Name of the garden')
  assert.equal(name?.description, 'A word.')
  assert.deepEqual(name?.examples, ['back'])
  assert.deepEqual(name && branchOf(name, 'string')?.examples, ['rose'])
  assert.equal(tree.at(['trees', 'oak'])?.title, 'Tree')
})

test('tells kinds of value apart, and a null that removes from all of them', () => {
  const beds = tree.at(['beds'])
  assert.equal(beds?.removable, true)
  assert.deepEqual(
    beds?.branches.map(branch => branch.type),
    ['array'],
  )
  const width = tree.at(['beds', 0, 'other'])
  assert.ok(width)
  assert.equal(width.removable, false)
  assert.equal(branchOf(width, 'number')?.type, 'integer')
  assert.equal(branchOf(width, 'boolean'), undefined)
  assert.deepEqual(wordsOf(width), ['narrow', 'wide'])
})

test('lists keys in order and says what an open map takes', () => {
  assert.deepEqual(
    tree.keys(tree.root).map(({key, required}) => [key, required]),
    [
      ['name', true],
      ['beds', false],
      ['trees', false],
    ],
  )
  assert.equal(tree.open(tree.root), undefined)
  const trees = tree.at(['trees'])
  assert.equal(trees && tree.open(trees)?.keys?.title, 'Name')
  assert.equal(trees && tree.open(trees)?.values.title, 'Tree')
})

test('knows whose a key is', () => {
  assert.deepEqual(tree.ownersOf('name'), ['a garden', 'a bed'])
  assert.deepEqual(tree.ownersOf('nobody'), [])
})

test('a reference to nothing is a mistake of ours', () => {
  assert.throws(() => new SchemaTree({$ref: '#/$defs/none'}), /#\/\$defs\/none, which it does not define/)
})
