import {Analysis, usualSettings} from '../../server/analysis.ts'
import {Document} from '../../server/document/document.ts'
import type {Position} from '../../server/document/lines.ts'
import type {AboutDocument, ClientAbilities, Feature, FeatureRequest, Refusal, Surroundings} from '../../server/features/feature.ts'
import {rules} from '../../server/rules/index.ts'
import {progressionSchema, schemaAt} from '../../server/sources/progression/schema.ts'
import {isProgressionName} from '../../server/workspace/workspace.ts'
import {MemoryFiles} from '../memory-files.ts'

export const capable: ClientAbilities = {hierarchicalSymbols: true, snippets: true, ownIndentation: true, versionedEdits: true, commands: true}

export type Desk = {
  readonly document: Document
  readonly position: Position
  readonly offset: number
  readonly request: FeatureRequest
  readonly around: Surroundings
  readonly files: MemoryFiles
  readonly analysis: Analysis
  /** What a feature answers about the cursor; further parameters are merged in. */
  ask<P extends AboutDocument, R>(feature: Feature<P, R>, more?: Partial<P>): Promise<R | Refusal | null>
  /** A document of the workspace as the features see it. */
  documentAt(path: string): Document
}

/**
 * A workspace in memory with one document open: its text with the cursor as `|`, which stands in `progression.yaml`. Common
 * indentation is taken away, and `others` are further files by path.
 */
export async function desk(marked: string, others: Readonly<Record<string, string>> = {}, client: Partial<ClientAbilities> = {}): Promise<Desk> {
  const {text, offset} = cursorIn(dedent(marked))
  const files = new MemoryFiles({...Object.fromEntries(Object.entries(others).map(([path, content]) => [path, dedent(content)])), 'progression.yaml': text})
  const document = new Document(files.uri('progression.yaml'), 7, text)
  const position = document.lines.position(offset)
  const documents = new Map([[document.uri, document]])
  for (const [path, content] of Object.entries(others)) documents.set(files.uri(path), new Document(files.uri(path), 3, dedent(content)))
  const analysis = new Analysis({files, rootOf: async () => files.root, log: () => {}, settings: () => usualSettings})
  const {signal} = new AbortController()
  await analysis.prepare(document, signal)
  const abilities = {...capable, ...client}
  const around: Surroundings = {
    schema: progressionSchema,
    files,
    async *documents(_signal, word = '') {
      for (const uri of [...documents.keys()].sort()) {
        const found = documents.get(uri)
        if (found?.text.includes(word) && isProgressionName(uri.split('/').at(-1) ?? '')) yield found
      }
    },
    documentAt: async uri => documents.get(uri),
    async progressionsOf(other, signal) {
      await analysis.prepare(other, signal)
      return analysis.progressions(other)
    },
    spelling: uri => uri,
    versionOf: ({version}) => version,
    client: abilities,
  }
  const request: FeatureRequest = {
    document,
    get progressions() {
      return analysis.progressions(document)
    },
    get merged() {
      return analysis.readings(document)
    },
    schemaAt,
    schema: progressionSchema,
    rule: code => {
      const rule = Object.entries(rules).find(([known]) => known === code)?.[1]
      return rule && {title: rule.title, level: rule.level, page: `https://progression.dev/docs/rules/${code}`}
    },
    documentOf: uri => (uri === document.uri ? document : analysis.baseAt(uri)),
    around,
    client: abilities,
  }
  return {
    document,
    position,
    offset,
    request,
    around,
    files,
    analysis,
    async ask<P extends AboutDocument, R>(feature: Feature<P, R>, more: Partial<P> = {}) {
      return feature.provide(request, {textDocument: {uri: document.uri}, position, ...more} as unknown as P, signal)
    },
    documentAt(path) {
      const found = documents.get(files.uri(path))
      if (!found) throw new Error(`There is no ${path} in this workspace.`)
      return found
    },
  }
}

/** Takes the cursor, a `|`, out of a text; `||` keeps one. At the start where there is none. */
export function cursorIn(marked: string): {readonly text: string; readonly offset: number} {
  const at = marked.search(/(?<!\|)\|(?!\|)/)
  const before = marked.slice(0, Math.max(at, 0)).replaceAll('||', '|')
  return {text: before + marked.slice(at + 1).replaceAll('||', '|'), offset: before.length}
}

/** Takes away the indentation that all lines share, and a line break before the first. */
export function dedent(text: string): string {
  const lines = text.replace(/^\n/, '').split('\n')
  const filled = lines.filter(line => line.trim() !== '')
  const shared = Math.min(...filled.map(line => line.length - line.trimStart().length))
  return lines.map(line => line.slice(Number.isFinite(shared) ? Math.min(shared, line.length - line.trimStart().length) : 0)).join('\n')
}

type Edit = {readonly range: {readonly start: Position; readonly end: Position}; readonly newText: string}

/** A text after edits that were all made for it as it is. */
export function edited(document: Document, edits: readonly Edit[]): string {
  const placed = edits.map(({range, newText}) => ({start: document.lines.offset(range.start), end: document.lines.offset(range.end), newText}))
  placed.sort((one, other) => other.start - one.start)
  return placed.reduce((text, {start, end, newText}) => text.slice(0, start) + newText + text.slice(end), document.text)
}
