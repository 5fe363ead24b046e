import {folderOf, resolveUri} from '../../document/uri.ts'
import type {Entry, Files, Uri} from '../../model/files.ts'
import type {Path} from '../cursor/frame.ts'
import {type Candidate, kinds, snippetText} from './candidate.ts'
import {pathOf} from './key-snippet.ts'
import {namesOf} from './names.ts'
import type {CompletionPlace} from './place.ts'
import {scalarText} from './yaml-text.ts'

/** Names of files by the key that takes them; any other takes every file. */
const endings: Readonly<Record<string, RegExp>> = {
  k6: /\.[cm]?[jt]s$/,
  job: /\.(ya?ml|json)$/,
  values: /\.(ya?ml|json)$/,
  extends: /\.ya?ml$/,
  report: /\.(sarif|json)$/,
  flagd: /\.(json|ya?ml)$/,
  file: /\.(json|ya?ml)$/,
}

/** What makes a folder the one that is looked for. */
const marks: Readonly<Record<string, RegExp>> = {kustomize: /^kustomization\.ya?ml$|^Kustomization$/, chart: /^Chart\.yaml$/}

/** Nobody keeps configuration there. */
const skipped: ReadonlySet<string> = new Set(['.git', 'node_modules'])

type Found = {readonly name: string; readonly kind: Entry['kind']; readonly detail?: string; readonly rank: number; readonly enter: boolean}

/** Files and folders below what is typed so far, relative to the document; with `${environment}` where there is one for each. */
export async function pathCandidates(place: CompletionPlace, path: Path, signal: AbortSignal): Promise<readonly Candidate[]> {
  const {request, cursor, offset} = place
  const {document, around} = request
  const node = request.schemaAt(path)
  const wanted = node && pathOf(node)
  if (!wanted) return []
  const typed = document.text.slice(cursor.span.start, offset)
  const head = typed.slice(0, typed.lastIndexOf('/') + 1)
  const behind = document.text.slice(offset, cursor.span.end)
  const tail = behind.includes('/') ? behind.slice(behind.indexOf('/')) : ''
  const key = String(path.findLast(step => typeof step === 'string'))
  const environments = namesOf('environment', place, []).map(({name}) => name)
  const folders = foldersOf(folderOf(document.uri), head, environments)
  const entries = await entriesOf(folders, around.files, signal)
  const usable = entries.filter(
    ({name, kind, uri}) => !skipped.has(name) && uri !== document.uri && (kind === 'folder' || (wanted === 'file' && (endings[key]?.test(name) ?? true))),
  )
  const found = await judged(usable, wanted, marks[key], around.files, signal)
  const all = [...patterns(found, environments), ...found]
  return all.map(({name, kind, detail, rank, enter}): Candidate => {
    const text = head + name + (tail === '' && enter ? '/' : tail)
    return {
      label: name,
      kind: kind === 'folder' ? kinds.folder : kinds.file,
      snippet: snippetText(scalarText(text, cursor.flow, cursor.quote)),
      detail,
      rank,
      filter: head + name,
      again: tail === '' && enter,
    }
  })
}

/** The folders that a path leads to, one for each environment where it says so; none where it holds another variable. */
function foldersOf(base: Uri, head: string, environments: readonly string[]): readonly Uri[] {
  const filled = head.includes('${environment}') ? environments.map(name => head.replaceAll('${environment}', name)) : [head]
  return filled.filter(path => !path.includes('${') && !/^[/\\~]/.test(path)).map(path => resolveUri(base, path === '' ? '.' : path))
}

type Listed = Entry & {readonly uri: Uri}

async function entriesOf(folders: readonly Uri[], files: Files, signal: AbortSignal): Promise<readonly Listed[]> {
  const lists = await Promise.all(folders.slice(0, 20).map(async uri => ({uri, entries: (await files.list(uri, signal)) ?? []})))
  const found = new Map<string, Listed>()
  for (const {uri, entries} of lists)
    for (const entry of entries) if (!found.has(entry.name)) found.set(entry.name, {...entry, uri: resolveUri(uri, entry.name)})
  return [...found.values()]
}

async function judged(
  entries: readonly Listed[],
  wanted: 'file' | 'folder',
  mark: RegExp | undefined,
  files: Files,
  signal: AbortSignal,
): Promise<readonly Found[]> {
  const found = await Promise.all(
    entries.slice(0, 200).map(async ({name, kind, uri}): Promise<Found> => {
      if (kind === 'file') return {name, kind, rank: 2, enter: false}
      if (wanted === 'file') return {name, kind, rank: 3, enter: true}
      const isMarked = mark === undefined ? undefined : (await files.list(uri, signal))?.some(entry => mark.test(entry.name))
      return {name, kind, detail: isMarked ? whatItHolds(mark) : undefined, rank: isMarked ? 2 : 3, enter: isMarked === false}
    }),
  )
  return found
}

const whatItHolds = (mark: RegExp | undefined): string | undefined =>
  mark === marks.chart ? 'a chart' : mark === marks.kustomize ? 'a kustomization' : undefined

/** `values-${environment}.yaml`, where several environments have one. */
function patterns(found: readonly Found[], environments: readonly string[]): readonly Found[] {
  const groups = new Map<string, {readonly first: Found; readonly names: string[]}>()
  for (const one of found) {
    for (const environment of environments) {
      const at = one.name.search(new RegExp(`(?<![A-Za-z0-9])${environment.replace(/[^\w-]/g, '\\$&')}(?![A-Za-z0-9])`))
      if (at < 0) continue
      const pattern = `${one.name.slice(0, at)}\${environment}${one.name.slice(at + environment.length)}`
      const group = groups.get(pattern) ?? {first: one, names: []}
      group.names.push(environment)
      groups.set(pattern, group)
    }
  }
  return [...groups].flatMap(([name, {first, names}]) => (names.length > 1 ? [{...first, name, detail: `for each of ${names.join(', ')}`, rank: 1}] : []))
}
