import {mkdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {Ajv2020} from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import {build} from 'esbuild'
import {compile, type JSONSchema} from 'json-schema-to-typescript'
import {vocabulary} from '../server/model/schema-words.ts'

type Schema = {readonly [key: string]: unknown}

const banner = '// Made by npm run generate from schemas/progression.schema.json. Changes are lost.'
const root = join(import.meta.dirname, '..')
const folder = join(root, 'generated')
const origin = 'schemas/progression.schema.json'
const text = await readFile(join(root, origin), 'utf8')
const schema = JSON.parse(text) as Schema
const definitions = schema.$defs as Readonly<Record<string, Schema>>

/** A validator without Ajv in it: its few helpers are bundled in. What only people read is left out, messages too: ours are made elsewhere. */
async function validator(): Promise<void> {
  const ajv = new Ajv2020({strict: true, allErrors: true, messages: false, code: {source: true, esm: true}})
  for (const [keyword, {schemaType}] of Object.entries(vocabulary)) ajv.addKeyword({keyword, schemaType})
  const code = standalone.default(ajv, ajv.compile(bare(schema) as Schema))
  const {outputFiles} = await build({
    stdin: {contents: code, resolveDir: root},
    bundle: true,
    format: 'esm',
    write: false,
    minifySyntax: true,
    logLevel: 'warning',
  })
  await write('validate.js', outputFiles.map(file => file.text).join(''))
  await write(
    'validate.d.ts',
    `export type ValidationError = {
  readonly instancePath: string
  readonly schemaPath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
  /** The key that is wrong, where the keyword judges keys. */
  readonly propertyName?: string
}

/** Whether a value has the form of a progression; \`errors\` holds what the last call found. */
export declare const validate: {(value: unknown): boolean; errors?: readonly ValidationError[] | null}
`,
  )
}

/** Types of a progression after merging, when nulls are gone. Plain text and numbers stay plain, so that no type is called Number. */
async function types(): Promise<void> {
  const {$defs: _, $id: _id, if: _if, else: _else, patternProperties: _free, ...document} = schema
  const named = Object.entries(definitions).filter(([name]) => primitiveOf(name) === undefined)
  const whole = {
    ...(plain(document) as Schema),
    $defs: Object.fromEntries(named.map(([name, definition]) => [typeName(name), {...(plain(definition) as Schema), title: typeName(name)}])),
  }
  const source = await compile(whole as JSONSchema, 'ProgressionDocument', {
    bannerComment: banner,
    unreachableDefinitions: true,
    style: {semi: false, singleQuote: true, printWidth: 160},
  })
  // The generator notes where it met a type that is reached by its name only. That says nothing to a reader.
  await write('progression.ts', source.replace(/ \*\n \* This interface was referenced by [^*]*\n \* via the `definition` "\w+"\.\n/g, ''))
}

/** The schema as a module, for messages, hover and completion. A string that is parsed starts faster than a literal of this size. */
const copy = (): Promise<void> =>
  write('schema.ts', `${banner}\nexport const schema: {readonly [key: string]: unknown} = JSON.parse(${JSON.stringify(JSON.stringify(schema))})\n`)

/** The schema with nothing but what decides. */
function bare(value: unknown, keys: 'words' | 'names' = 'words'): unknown {
  if (Array.isArray(value)) return value.map(one => bare(one))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => keys === 'names' || !/^(title|description|examples|default|x-.*)$/.test(key))
  return Object.fromEntries(kept.map(([key, one]) => [key, bare(one, keys === 'words' && holdsNames(key) ? 'names' : 'words')]))
}

/** The schema as the type generator likes it: references by name, no branch that only removes, no titles that would name types. */
function plain(value: unknown, keys: 'words' | 'names' = 'words'): unknown {
  if (Array.isArray(value)) return value.map(one => plain(one))
  if (typeof value !== 'object' || value === null) return value
  const {title: _, $ref, anyOf, description, ...rest} = value as Schema
  if (keys === 'names') return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
  if (typeof $ref === 'string') return {description, tsType: typeOf($ref)}
  if (Array.isArray(anyOf)) {
    const [first, ...others] = anyOf.filter(branch => branch.$ref !== '#/$defs/removed').map(branch => plain(branch) as Schema)
    return others.length === 0 ? {...first, description} : {description, anyOf: [first, ...others]}
  }
  return {
    ...(description ? {description} : {}),
    ...Object.fromEntries(Object.entries(rest).map(([key, one]) => [key, plain(one, holdsNames(key) ? 'names' : 'words')])),
  }
}

/** Below these words of the standard stand names, which may be anything: a property may be called `title`. */
const holdsNames = (key: string): boolean => key === 'properties' || key === 'patternProperties' || key === '$defs'

/** `#/$defs/gate` is `Gate`, `#/$defs/environment/properties/soak` is `Environment['soak']`. */
function typeOf(reference: string): string {
  const [, , name = '', , property] = reference.split('/')
  return primitiveOf(name) ?? (property ? `${typeName(name)}['${property}']` : typeName(name))
}

/** The plain type of a definition that is no list of words, no list and no map. */
function primitiveOf(name: string): string | undefined {
  const {type, enum: words} = definitions[name] ?? {}
  if (words !== undefined || type === 'object' || type === 'array') return undefined
  return type === 'integer' ? 'number' : String(type)
}

const typeName = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

/** Leaves a file alone that already says so, for whoever watches it. */
async function write(name: string, content: string): Promise<void> {
  const path = join(folder, name)
  if ((await readFile(path, 'utf8').catch(() => undefined)) !== content) await writeFile(path, content)
}

await mkdir(folder, {recursive: true})
await Promise.all([validator(), types(), copy()])
