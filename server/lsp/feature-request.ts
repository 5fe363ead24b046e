import type {Document} from '../document/document.ts'
import type {FeatureRequest, Surroundings} from '../features/feature.ts'
import type {Uri} from '../model/files.ts'
import {rules} from '../rules/index.ts'
import {pageOf} from '../rules/page.ts'
import type {Rule} from '../rules/rule.ts'
import {progressionSchema} from '../sources/progression/schema.ts'
import type {Parts} from './compose.ts'
import {readAll} from './library.ts'
import {Turn} from './turn.ts'

const known: Readonly<Record<string, Rule>> = rules

/** What a feature may look at beside its document. */
export function surroundings({files, library, listed, service: {analysis}, options: {abilities}}: Parts): Surroundings {
  const read = async (document: Document | undefined, signal: AbortSignal): Promise<Document | undefined> => {
    if (!document || document.tooLarge) return undefined
    await readAll(document, new Turn(), signal)
    return document
  }
  return {
    schema: progressionSchema,
    files,
    async *documents(signal, word = '') {
      for (const uri of await listed(signal)) {
        const found = await library.get(uri, signal)
        const document = found?.text.includes(word) ? await read(found, signal) : undefined
        if (document) yield document
      }
    },
    documentAt: async (uri, signal) => read(await library.get(uri, signal), signal),
    async progressionsOf(document, signal) {
      await analysis.prepare(document, signal)
      return analysis.progressions(document)
    },
    spelling: uri => library.spelling(uri),
    versionOf: ({uri, version}) => (library.isOpen(uri) ? version : null),
    client: {
      hierarchicalSymbols: abilities.hierarchicalSymbols,
      snippets: abilities.snippets,
      ownIndentation: abilities.ownIndentation,
      versionedEdits: abilities.versionedEdits,
      commands: abilities.extension,
    },
  }
}

/** A document of ours for a feature, read and with its bases; undefined for any other. What it says is read only when a feature asks for it. */
export async function featureRequest(parts: Parts, uri: Uri, signal: AbortSignal): Promise<FeatureRequest | undefined> {
  const {library, service} = parts
  const document = await library.ours(uri, signal)
  if (!document || document.tooLarge) return undefined
  const {analysis, schemaAt} = service
  await readAll(document, new Turn(), signal)
  await analysis.prepare(document, signal)
  const around = surroundings(parts)
  return {
    document,
    get progressions() {
      return analysis.progressions(document)
    },
    get merged() {
      return analysis.readings(document)
    },
    schemaAt,
    schema: around.schema,
    rule(code) {
      const rule = Object.hasOwn(known, code) ? known[code] : undefined
      return rule && {title: rule.title, level: rule.level, page: pageOf(code)}
    },
    documentOf: base => (base === document.uri ? document : analysis.baseAt(base)),
    around,
    client: around.client,
  }
}
