import type {Document} from '../../document/document.ts'
import {type Mapping, type Node, pairOf} from '../../document/node.ts'
import type {Section} from '../../document/section.ts'
import {baseName, folderOf, resolveUri} from '../../document/uri.ts'
import type {Uri} from '../../model/files.ts'
import type {Place} from '../../model/place.ts'
import type {Problem} from '../../model/problem.ts'
import {deprecatedKeys} from './deprecated-keys.ts'
import type {NameWords} from './environment.ts'
import {expand} from './expand.ts'
import {text} from './field.ts'
import {merge} from './merge.ts'
import {validateMerged} from './needs.ts'
import {placeOfPath, plain} from './plain.ts'
import {type Reading, read} from './read.ts'
import {progressionSchema, validateProgression} from './schema.ts'
import {secretProblems} from './secret-problems.ts'
import {variableProblems} from './variable-problems.ts'

export const apiVersion = 'progression.dev/v1'

/** A document named by `extends`: read, not there, or not asked for yet. */
export type Base = {readonly state: 'read'; readonly document: Document} | {readonly state: 'missing'} | {readonly state: 'unread'}
export type Bases = (uri: Uri) => Base

/** Whether a file is a progression: by its name, or by the `apiVersion` of one of its documents. */
export function isProgression(document: Document): boolean {
  const name = baseName(document.uri)
  if (/^(.+\.)?progression\.ya?ml$/.test(name)) return true
  return document.sections.some(({section}) => {
    const version = pairOf(section.root, 'apiVersion')?.value
    return version?.kind === 'scalar' && String(version.value).startsWith('progression.dev/')
  })
}

/** The files a section names with `extends`, one step up. */
export function extendsOf(section: Section, document: Uri): {uri: Uri; at: Place; written: string} | undefined {
  const node = pairOf(section.root, 'extends')?.value
  const path = node?.kind === 'scalar' && node.value !== null ? text(node) : undefined
  return node && path ? {uri: resolveUri(folderOf(document), path), at: node.at, written: path} : undefined
}

/** Reads one section of a document. Undefined where there is nothing but comments. Pure: bases come in through `bases`. */
export function readSection(document: Document, section: Section, index: number, bases: Bases, names: NameWords): Reading | undefined {
  if (!section.root) return undefined
  const problems: Problem[] = [...section.problems]
  const expanded = expand(section)
  problems.push(...expanded.problems)
  const root = expanded.root
  if (root?.kind !== 'mapping') {
    if (section.problems.length === 0 && root)
      problems.push({code: 'config/schema', at: root.at, message: 'A progression is a map of keys such as name and environments.'})
    return {...read(section, document.uri, index, emptyMapping(section.at), undefined, problems, names)}
  }
  const version = foreignVersion(root)
  if (version) return read(section, document.uri, index, emptyMapping(section.at), undefined, [...problems, version], names)
  problems.push(...schemaProblems(root).filter(readable(section)), ...variableProblems(root, node => document.textOf(node.at)), ...secretProblems(root))
  problems.push(...deprecatedKeys(root, progressionSchema))
  const base = baseOf(document, section, bases, problems, [document.uri])
  const reading = read(section, document.uri, index, root, base, problems, names)
  return {...reading, progression: {...reading.progression, problems: [...problems, ...mergedProblems(reading, problems).filter(readable(section))]}}
}

/** Whether a mistake in the form of a value is one, or only what a syntax error before it made of the text. */
function readable({problems}: Section): (problem: Problem) => boolean {
  const errors = problems.filter(({code}) => code === 'config/schema').map(({at}) => at)
  return ({at}) => !errors.some(error => error.document === at.document && error.block === at.block && at.end >= error.start)
}

/** What is missing or stands twice only after `extends` and `defaults` were merged; in the words of the place it was written. */
function mergedProblems({top, environments}: Reading, problems: readonly Problem[]): Problem[] {
  const at = pairOf(top, 'environments')?.key
  const items = environments.map(({merged}) => merged)
  const list: Node | undefined = at && {kind: 'sequence', items, flow: false, at: at.at}
  const pairs = top.pairs.map(pair => (list && pair.key === at ? {...pair, value: list} : pair))
  const whole: Mapping = {...top, pairs}
  const {value, incomplete} = plain(whole)
  const found = validateMerged(value, {incomplete}).map(({code, path, target, message, suggestion}) => ({
    code,
    at: placeOfPath(whole, path, target),
    message,
    suggestion,
  }))
  // What `defaults` brings into many environments is said once.
  const seen = new Set(problems.map(placed))
  return found.filter(one => !seen.has(placed(one)) && seen.add(placed(one)))
}

const placed = ({at}: Problem): string => `${at.document} ${at.block} ${at.start}`

const emptyMapping = (at: Place): Mapping => ({kind: 'mapping', pairs: [], flow: false, at, open: 'the document cannot be read'})

function foreignVersion(root: Mapping): Problem | undefined {
  const pair = pairOf(root, 'apiVersion')
  if (pair?.value.kind !== 'scalar' || pair.value.value === apiVersion || pair.value.value === null) return undefined
  return {
    code: 'config/schema',
    at: pair.value.at,
    message: `apiVersion ${pair.value.source} is not known. This version reads ${apiVersion}.`,
    suggestion: apiVersion,
  }
}

function schemaProblems(root: Node): Problem[] {
  const {value, incomplete} = plain(root)
  return validateProgression(value, {incomplete}).map(({code, path, target, message, suggestion}) => ({
    code,
    at: placeOfPath(root, path, target),
    message,
    suggestion,
  }))
}

/** The merged tree of what a section extends; unread or missing bases leave it open, so that nothing is called missing. */
function baseOf(
  document: Document,
  section: Section,
  bases: Bases,
  problems: Problem[],
  seen: readonly Uri[],
  extended?: {at: Place; written: string},
): Mapping | undefined {
  const named = extendsOf(section, document.uri)
  if (!named) return undefined
  const open = (why: string): Mapping => ({kind: 'mapping', pairs: [], flow: false, at: named.at, open: why})
  const own = seen.length === 1
  if (seen.includes(named.uri)) {
    const first = extended ?? named
    problems.push({code: 'config/schema', at: first.at, message: `${first.written} leads back to itself: it extends in a circle.`})
    return open('extends goes in a circle')
  }
  const base = bases(named.uri)
  if (base.state === 'missing' && own)
    problems.push({code: 'config/missing-file', at: named.at, message: `There is no file ${named.written}, which this progression extends.`})
  if (base.state !== 'read') return open(`${named.written} is not read`)
  const first = base.document.sections[0]?.section
  if (!first) return open(`${named.written} cannot be read`)
  const root = expand(first).root
  if (root?.kind !== 'mapping') return open(`${named.written} cannot be read`)
  return merge(baseOf(base.document, first, bases, problems, [...seen, named.uri], extended ?? named), root) as Mapping
}
