import assert from 'node:assert/strict'
import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {join} from 'node:path'
import {test} from 'node:test'
import {installCodeServer} from './code-server.ts'

/** As far as it is used here; VS Code's own copies of both packages are loaded, and its grammar of YAML. */
type Textmate = {
  readonly Registry: new (
    options: object,
  ) => {
    loadGrammar(scope: string): Promise<{
      tokenizeLine(
        line: string,
        state: unknown,
      ): {readonly tokens: readonly {startIndex: number; endIndex: number; scopes: string[]}[]; readonly ruleStack: unknown}
    }>
  }
  readonly INITIAL: unknown
  parseRawGrammar(text: string, path: string): unknown
}
type Oniguruma = {loadWASM(bytes: Uint8Array): Promise<void>; createOnigScanner(patterns: readonly string[]): unknown; createOnigString(text: string): unknown}

const program = await installCodeServer()
const load = createRequire(join(program, 'package.json'))
const textmate = load('vscode-textmate') as Textmate
const oniguruma = load('vscode-oniguruma') as Oniguruma
await oniguruma.loadWASM(readFileSync(load.resolve('vscode-oniguruma/release/onig.wasm')))

const yaml = join(program, 'extensions', 'yaml', 'syntaxes')
const files: Readonly<Record<string, string>> = {
  'source.progression': join(import.meta.dirname, '..', '..', 'syntaxes', 'progression.tmLanguage.json'),
  'source.yaml': join(yaml, 'yaml.tmLanguage.json'),
  ...Object.fromEntries(['1.0', '1.1', '1.2', '1.3', 'embedded'].map(version => [`source.yaml.${version}`, join(yaml, `yaml-${version}.tmLanguage.json`)])),
}
const registry = new textmate.Registry({
  onigLib: Promise.resolve({createOnigScanner: oniguruma.createOnigScanner, createOnigString: oniguruma.createOnigString}),
  loadGrammar: async (scope: string) => {
    const path = files[scope]
    return path === undefined ? null : textmate.parseRawGrammar(readFileSync(path, 'utf8'), path)
  },
})
const grammar = await registry.loadGrammar('source.progression')

/** The scopes of the last token that is exactly this text, innermost last. */
function scopes(document: string, text: string): string {
  let found: string | undefined
  let state = textmate.INITIAL
  for (const line of document.split('\n')) {
    const {tokens, ruleStack} = grammar.tokenizeLine(line, state)
    state = ruleStack
    for (const token of tokens) if (line.slice(token.startIndex, token.endIndex) === text) found = token.scopes.join(' ')
  }
  assert.ok(found, `no token is ${text}`)
  return found
}

test('a progression is YAML', () => {
  assert.match(scopes('name: shop', 'name'), /entity\.name\.tag/)
  assert.match(scopes('# why', ' why'), /comment\.line/)
})

test('a variable stands out in every kind of string', () => {
  for (const document of [
    "folder: 'overlays/${environment}'",
    'folder: "overlays/${environment}"',
    'folder: overlays/${environment}',
    'folder: |\n  overlays/${environment}',
  ]) {
    assert.match(scopes(document, 'environment'), /variable\.language\.progression/, document)
  }
})

test('a name that is no variable is not drawn as one', () => {
  assert.match(scopes("folder: '${enviroment}'", 'enviroment'), /variable\.other\.progression/)
})

test('a variable of the environment is told from its prefix', () => {
  assert.match(scopes("webhook: '${env.SLACK}'", 'env'), /variable\.language/)
  assert.match(scopes("webhook: '${env.SLACK}'", 'SLACK'), /variable\.other/)
})

test('an escaped dollar begins no variable', () => {
  assert.match(scopes("text: '$${environment}'", '$${'), /constant\.character\.escape/)
  assert.throws(() => scopes("text: '$${environment}'", 'environment'))
})

test('an unfinished variable ends with its line', () => {
  assert.doesNotMatch(scopes('folder: overlays/${environ\nname: shop', 'name'), /template/)
})

test('a suppression stands out in its comment', () => {
  const line = '# progression-ignore rollback/missing -- the platform does it'
  assert.match(scopes(line, 'progression-ignore'), /keyword\.control/)
  assert.match(scopes(line, 'rollback/missing'), /entity\.name\.tag/)
})
