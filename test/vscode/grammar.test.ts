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
const own = join(import.meta.dirname, '..', '..', 'syntaxes')
const files: Readonly<Record<string, string>> = {
  'source.progression': join(own, 'progression.tmLanguage.json'),
  'source.progression.promql': join(own, 'promql.tmLanguage.json'),
  'source.yaml': join(yaml, 'yaml.tmLanguage.json'),
  ...Object.fromEntries(['1.0', '1.1', '1.2', '1.3', 'embedded'].map(version => [`source.yaml.${version}`, join(yaml, `yaml-${version}.tmLanguage.json`)])),
}
const registry = new textmate.Registry({
  onigLib: Promise.resolve({createOnigScanner: oniguruma.createOnigScanner, createOnigString: oniguruma.createOnigString}),
  getInjections: (scope: string) => (scope === 'source.progression' ? ['source.progression.promql'] : undefined),
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

test('a query is PromQL in every style of YAML', () => {
  const query = 'sum by (job) (rate(http_requests_total{status=~~~}[5m])) > 0.5'
  for (const document of [
    `query: ${query.replace('~~~', '~"5.."')}`,
    `query: '${query.replace('~~~', '~"5.."')}'`,
    `query: "${query.replace('~~~', '~\\"5..\\"')}"`,
    `gates:\n  one: {query: '${query.replace('~~~', '~"5.."')}', max: 1}`,
    `gates:\n  one:\n    query: |\n      ${query.replace('~~~', '~"5.."')}\n    max: 1`,
    `gates:\n  one:\n    query: >-\n      ${query.replace('~~~', '~"5.."')}`,
  ]) {
    assert.match(scopes(document, 'sum'), /support\.function\.aggregation\.promql/, document)
    assert.match(scopes(document, 'by'), /keyword\.operator\.word\.promql/, document)
    assert.match(scopes(document, 'rate'), /support\.function\.promql/, document)
    assert.match(scopes(document, 'http_requests_total'), /variable\.other\.metric\.promql/, document)
    assert.match(scopes(document, 'status'), /variable\.parameter\.label\.promql/, document)
    assert.match(scopes(document, '5..'), /string\.quoted\.double\.promql/, document)
    assert.match(scopes(document, '5m'), /constant\.numeric\.promql/, document)
    assert.match(scopes(document, 'query'), /entity\.name\.tag/, document)
  }
})

test('variables stand out in a query, and what follows the query is YAML again', () => {
  const block = 'gates:\n  one:\n    query: |\n      # why\n      up{namespace="${namespace}"}[${window}]\n    max: 1\nname: shop'
  assert.match(scopes(block, 'namespace'), /variable\.language\.progression/)
  assert.match(scopes(block, 'window'), /variable\.language\.progression/)
  assert.match(scopes(block, '# why'), /comment\.line/)
  for (const after of ['max', 'name']) assert.doesNotMatch(scopes(block, after), /promql/)
  const flow = "one: {query: 'sum(up)', max: 1}\nname: shop"
  for (const after of ['max', 'name']) assert.doesNotMatch(scopes(flow, after), /promql/)
})

test('only a query is PromQL', () => {
  assert.doesNotMatch(scopes('description: |\n  rate(up)', 'rate(up)'), /promql/)
  assert.doesNotMatch(scopes('# query: rate(up)', ' query: rate(up)'), /promql/)
})
