import assert from 'node:assert/strict'
import {test} from 'node:test'
import {Ajv2020} from 'ajv/dist/2020.js'
import {parse} from 'yaml'
import {schema} from '../../../generated/schema.ts'
import {type Schema, SchemaTree} from '../../../server/model/schema-tree.ts'
import {vocabulary} from '../../../server/model/schema-words.ts'

const whole = schema as Schema
const ajv = new Ajv2020({strict: true, allErrors: true})
for (const [keyword, {schemaType}] of Object.entries(vocabulary)) ajv.addKeyword({keyword, schemaType})
ajv.addSchema(schema, 'format')
const pointed = (pointer: string) => ajv.compile({$ref: `format#${pointer}`})

type Place = {readonly pointer: string; readonly schema: Schema}

const escaped = (name: string): string => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))

/** Every schema in the schema, by its pointer. */
function* places(schema: Schema, pointer = ''): Generator<Place> {
  yield {pointer, schema}
  for (const word of ['properties', 'patternProperties', '$defs'] as const)
    for (const [name, below] of Object.entries(schema[word] ?? {})) yield* places(below, `${pointer}/${word}/${escaped(name)}`)
  for (const word of ['additionalProperties', 'propertyNames', 'items'] as const) {
    const below = schema[word]
    if (below) yield* places(below, `${pointer}/${word}`)
  }
  for (const [index, below] of (schema.anyOf ?? []).entries()) yield* places(below, `${pointer}/anyOf/${index}`)
}

const all = [...places(whole)]
const isProperty = (pointer: string): boolean => /\/(properties|patternProperties)\/[^/]+$|\/additionalProperties$/.test(pointer)
const properties = all.filter(({pointer}) => isProperty(pointer))
/** Words of the place itself or, where it is only a reference, of what it refers to. */
const words = ({schema}: Place): Schema =>
  schema.$ref && !schema.title
    ? words({
        pointer: '',
        schema: schema.$ref
          .split('/')
          .slice(1)
          .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], whole) as Schema,
      })
    : schema

test('the schema is a strict JSON Schema with the words we declare', () => {
  assert.ok(ajv.validateSchema(schema))
  assert.ok(ajv.getSchema('format'))
  assert.ok(properties.length > 150, `${properties.length} properties`)
})

test('every property has a title, a description and an example', () => {
  const poor = properties.filter(place => {
    const {title, description, examples} = words(place)
    return !title || !description || !/^[A-Z].*\.$/s.test(description) || !examples?.length
  })
  assert.deepEqual(
    poor.map(({pointer}) => pointer),
    [],
  )
})

test('every definition is described, and every branch of a choice has a title', () => {
  const definitions = Object.entries(whole.$defs ?? {}).filter(([, {title, description}]) => !title || !description)
  assert.deepEqual(
    definitions.map(([name]) => name),
    [],
  )
  const branches = all.filter(({pointer}) => /\/anyOf\/\d+$/.test(pointer))
  assert.deepEqual(
    branches.filter(place => !words(place).title).map(({pointer}) => pointer),
    [],
  )
})

test('examples and defaults are right themselves', () => {
  for (const {pointer, schema} of all) {
    const given = [...(schema.examples ?? []), ...('default' in schema ? [schema.default] : [])]
    if (given.length === 0) continue
    const validate = pointed(pointer)
    for (const value of given) assert.ok(validate(value), `${pointer}: ${JSON.stringify(value)} ${JSON.stringify(validate.errors)}`)
  }
})

test('what a choice offers differs in type, so a value says which is meant', () => {
  const tree = new SchemaTree(whole)
  const seen = new Set<unknown>()
  const visit = (node: typeof tree.root, path: string): void => {
    if (seen.has(node)) return
    seen.add(node)
    const types = node.branches.map(branch => (branch.type === 'integer' ? 'number' : branch.type))
    assert.equal(new Set(types).size, types.length, `${path} takes ${types}`)
    for (const {key, node: below} of tree.keys(node)) visit(below, `${path}.${key}`)
    const open = tree.open(node)
    if (open) visit(open.values, `${path}.*`)
    const items = tree.child(node, 0)
    if (items) visit(items, `${path}[]`)
  }
  visit(tree.root, '')
  assert.ok(seen.size > 150)
})

test('defaults have the keys of an environment but its name', () => {
  const {environment, defaults} = whole.$defs ?? {}
  assert.deepEqual(
    Object.keys(defaults?.properties ?? {}),
    Object.keys(environment?.properties ?? {}).filter(key => key !== 'name'),
  )
})

test('a map has fixed keys or takes one kind of thing under any key', () => {
  const loose = all.filter(({schema}) => schema.type === 'object' && schema.additionalProperties === undefined)
  assert.deepEqual(
    loose.map(({pointer}) => pointer),
    [],
  )
  assert.ok(!JSON.stringify(schema).includes('oneOf'))
})

test('what a map needs and what a word stands for are keys that fit', () => {
  for (const {pointer, schema} of all) {
    const tree = schema['x-needs'] && new SchemaTree({...schema, $defs: whole.$defs})
    for (const {when, any} of schema['x-needs'] ?? [])
      for (const key of [...any, ...(when ? [when] : [])]) assert.ok(tree?.child(tree.root, key), `${pointer} needs ${key}, which is no key of it`)
    const known = Object.keys(schema.properties ?? {})
    const aliases = Object.values(schema.properties ?? {}).flatMap(one => words({pointer, schema: one})['x-aliases'] ?? [])
    assert.deepEqual(
      aliases.filter((alias, index) => known.includes(alias) || aliases.indexOf(alias) !== index),
      [],
      pointer,
    )
  }
})

/** A snippet as it stands after the first suggestion was taken everywhere. */
function filled(snippet: string): string {
  const first = new Map<string, string>()
  const text = snippet
    .replaceAll('\\$', '\u0000')
    .replace(/\$\{(\d+)\|([^,|]*)[^|]*\|\}/g, '$2')
    .replace(/\$\{(\d+):((?:[^{}$]|\$\d)*)\}/g, (_, number: string, value: string) => {
      const resolved = value.replace(/\$(\d)/g, (_, earlier: string) => first.get(earlier) ?? '')
      first.set(number, resolved)
      return resolved
    })
  return text.replaceAll('\u0000', '$')
}

test('every snippet is YAML that fits where it is inserted', () => {
  const snippets = all.filter(({schema}) => schema['x-snippet'])
  assert.ok(snippets.length > 20)
  for (const {pointer, schema} of snippets) {
    const value: unknown = parse(filled(schema['x-snippet'] ?? ''))
    // Below a key the snippet holds the key too; for a thing without a fixed key it holds the thing.
    const key = /\/properties\/([^/]+)$/.exec(pointer)?.[1]
    const inner = key ? (value as Record<string, unknown>)[key] : /additionalProperties$/.test(pointer) ? Object.values(value as object)[0] : value
    const validate = pointed(pointer)
    assert.ok(validate(inner), `${pointer}: ${JSON.stringify(value)} ${JSON.stringify(validate.errors)}`)
  }
})
