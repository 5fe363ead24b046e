import {parseAllDocuments} from 'yaml'
import {resolveUri} from '../document/uri.ts'
import type {Files, Uri} from '../model/files.ts'
import {tiers} from '../model/progression.ts'
import {tierOfName} from '../model/tier.ts'

/** One environment that a workspace seems to have: a folder or a file that is named after it. */
export type FoundEnvironment = {readonly name: string; readonly path: string; readonly namespace?: string}

/** What a progression of a workspace could be made of. */
export type Survey = {
  readonly name: string
  /** How manifests are made for each environment; `pattern` holds `${environment}`. */
  readonly manifests?: {readonly kind: 'kustomize' | 'helm' | 'directory'; readonly pattern: string; readonly chart?: string}
  readonly environments: readonly FoundEnvironment[]
  /** Repositories without tag and digest. */
  readonly images: readonly string[]
  /** `name:port` of Services with a port by name. */
  readonly services: readonly string[]
}

const decoder = new TextDecoder()
const skipped = new Set(['.git', 'node_modules', 'dist', 'vendor', '.github'])
/** Files looked at; a workspace with more is not understood by reading all of it. */
const most = 3000

/** Looks for overlays or values files named after environments, and for what stands in them. Paths are relative to `folder`. */
export async function survey(files: Files, folder: Uri, signal: AbortSignal): Promise<Survey> {
  const paths = await allPaths(files, folder, signal)
  const overlays = grouped(paths, /^(.*?)([^/]+)\/kustomization\.ya?ml$/)
  const values = grouped(paths, /^(.*\/|)values[-_.]([^/.]+)\.ya?ml$/)
  const plain = grouped(paths, /^(.*?)([^/]+)\/[^/]+\.ya?ml$/)
  const read = (path: string) => documentsOf(files, resolveUri(folder, path), signal)
  const objects = (
    await Promise.all(
      paths
        .filter(path => /\.ya?ml$/.test(path))
        .slice(0, 400)
        .map(read),
    )
  ).flat()
  const found = {name: nameOf(folder), images: ownImages(imagesOf(objects), folder), services: servicesOf(objects)}
  if (overlays) {
    const environments = await Promise.all(
      overlays.names.map(async name => ({name, path: `${overlays.prefix}${name}`, namespace: await namespaceOf(read, `${overlays.prefix}${name}`)})),
    )
    return {...found, manifests: {kind: 'kustomize', pattern: `${overlays.prefix}\${environment}`}, environments}
  }
  if (values) {
    const chart =
      paths.find(path => /(^|\/)Chart\.ya?ml$/.test(path) && `${values.prefix}x`.startsWith(path.replace(/Chart\.ya?ml$/, ''))) ??
      paths.find(path => /(^|\/)Chart\.ya?ml$/.test(path))
    const sample = paths.find(path => path.startsWith(values.prefix) && path.includes(values.names[0] ?? '')) ?? ''
    const pattern = sample.replace(new RegExp(`(values[-_.])${values.names[0]}`), '$1${environment}')
    return {
      ...found,
      manifests: {kind: 'helm', pattern, chart: chart?.replace(/\/?Chart\.ya?ml$/, '') || '.'},
      environments: values.names.map(name => ({name, path: pattern.replace('${environment}', name)})),
    }
  }
  if (plain)
    return {
      ...found,
      manifests: {kind: 'directory', pattern: `${plain.prefix}\${environment}`},
      environments: plain.names.map(name => ({name, path: `${plain.prefix}${name}`})),
    }
  return {...found, environments: []}
}

async function allPaths(files: Files, folder: Uri, signal: AbortSignal): Promise<readonly string[]> {
  const found: string[] = []
  const waiting = ['']
  for (let next = waiting.shift(); next !== undefined && found.length < most; next = waiting.shift()) {
    for (const {name, kind} of (await files.list(next === '' ? folder : resolveUri(folder, next), signal)) ?? []) {
      const path = next === '' ? name : `${next}/${name}`
      if (kind === 'file') found.push(path)
      else if (!skipped.has(name) && path.split('/').length < 8) waiting.push(path)
    }
  }
  return found
}

type Group = {readonly prefix: string; readonly names: readonly string[]}

/** The largest set of paths that differ in the name of an environment alone, in the order of their tiers. */
function grouped(paths: readonly string[], pattern: RegExp): Group | undefined {
  const groups = new Map<string, Set<string>>()
  for (const path of paths) {
    const [, prefix = '', name = ''] = pattern.exec(path) ?? []
    if (name !== '' && tierOfName(name)) groups.set(prefix, (groups.get(prefix) ?? new Set()).add(name))
  }
  const [largest] = [...groups].filter(([, names]) => names.size > 1).sort(([, one], [, other]) => other.size - one.size)
  return largest && {prefix: largest[0], names: [...largest[1]].sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1))}
}

const rank = (name: string): number => {
  const tier = tierOfName(name)
  return tier ? tiers.indexOf(tier) : 0
}

type Json = Readonly<Record<string, unknown>>
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** A file too large or no YAML is no object of ours. */
async function documentsOf(files: Files, uri: Uri, signal: AbortSignal): Promise<readonly Json[]> {
  const bytes = await files.read(uri, signal)
  if (!bytes || bytes.length > 200_000) return []
  try {
    return parseAllDocuments(decoder.decode(bytes), {logLevel: 'silent'}).flatMap(document => {
      const value: unknown = 'toJS' in document && document.errors.length === 0 ? document.toJS({maxAliasCount: 100}) : undefined
      return isJson(value) ? [value] : []
    })
  } catch {
    return []
  }
}

async function namespaceOf(read: (path: string) => Promise<readonly Json[]>, overlay: string): Promise<string | undefined> {
  for (const name of ['kustomization.yaml', 'kustomization.yml']) {
    const [first] = await read(`${overlay}/${name}`)
    if (typeof first?.namespace === 'string') return first.namespace
  }
  return undefined
}

function imagesOf(objects: readonly Json[]): readonly string[] {
  const found = new Set<string>()
  const visit = (value: unknown, depth: number): void => {
    if (depth > 12 || !isJson(value)) return
    for (const [key, child] of Object.entries(value)) {
      if (key === 'image' && typeof child === 'string' && /^[\w./-]+(:[\w.-]+)?(@sha256:[0-9a-f]+)?$/.test(child) && child.includes('/'))
        found.add(child.replace(/@.*$/, '').replace(/:[^/:]+$/, ''))
      else visit(child, depth + 1)
    }
  }
  for (const object of objects) visit(object, 0)
  return [...found].sort()
}

/** Images that are built here, as far as their registry and owner tell: one owner in all, or the one the folder is named after. */
function ownImages(images: readonly string[], folder: Uri): readonly string[] {
  const byOwner = Map.groupBy(images, image => image.split('/').slice(0, -1).join('/'))
  if (byOwner.size <= 1) return images
  const words = nameOf(folder)
    .split('-')
    .filter(word => word.length > 2)
  const named = [...byOwner].find(([owner]) =>
    owner
      .toLowerCase()
      .split(/[/-]/)
      .some(part => words.includes(part)),
  )
  return named?.[1] ?? []
}

function servicesOf(objects: readonly Json[]): readonly string[] {
  return objects.flatMap(({kind, metadata, spec}) => {
    const name = isJson(metadata) ? metadata.name : undefined
    const ports = isJson(spec) && Array.isArray(spec.ports) ? (spec.ports as unknown[]) : []
    const port = ports.find(one => isJson(one) && typeof one.name === 'string' && /^http/.test(one.name))
    return kind === 'Service' && typeof name === 'string' && isJson(port) ? [`${name}:${String(port.name)}`] : []
  })
}

const nameOf = (folder: Uri): string =>
  decodeURIComponent(folder.split('/').at(-1) ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'app'
