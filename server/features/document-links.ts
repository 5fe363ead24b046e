import type {DocumentLink, DocumentLinkParams} from 'vscode-languageserver-protocol'
import {folderOf, resolveUri} from '../document/uri.ts'
import type {Entry, Uri} from '../model/files.ts'
import {defineFeature, type FeatureRequest} from './feature.ts'
import {extentOf, marksIn, occurrencesIn, type PathMark} from './names/marks.ts'
import {covers} from './names/named.ts'
import {chainOf, unitOf} from './names/unit.ts'

/** What is opened of a folder, by the key that names it. */
const inFolder: Readonly<Record<string, RegExp>> = {kustomize: /^kustomization\.ya?ml$|^Kustomization$/, chart: /^Chart\.yaml$/, directory: /\.(ya?ml|json)$/}

/** Environments whose path is looked for, where it stands for all of them. */
const most = 20

/** Overlays, charts, Jobs, scripts and other files that exist; a missing file is the business of config/missing-file. */
export const documentLinks = defineFeature({
  method: 'textDocument/documentLink',
  capability: {documentLinkProvider: {}},
  async provide(request, _params: DocumentLinkParams, signal): Promise<DocumentLink[]> {
    const {document, schema} = request
    const folders = new Folders(request, signal)
    const links = document.sections.flatMap(({section}, index) => marksIn(section, schema).paths.map(mark => linkOf(mark, index, folders, request)))
    return (await Promise.all(links)).filter(link => link !== undefined)
  },
})

async function linkOf(mark: PathMark, section: number, folders: Folders, request: FeatureRequest): Promise<DocumentLink | undefined> {
  const {document, around} = request
  // Most arguments of a command are no paths.
  if (mark.wanted === 'argument' && !/^[\w.@-][\w./@-]*\.\w+$/.test(mark.text)) return undefined
  const range = document.range(mark.at)
  const names = mark.text.includes('${environment}') ? environmentsAt(mark, section, request) : []
  const paths = names.length > 0 ? names.slice(0, most).map(name => mark.text.replaceAll('${environment}', name)) : [mark.text]
  for (const path of paths) {
    if (!range || path.includes('${') || /^[a-z]+:\/\/|^[/\\~]/.test(path)) return undefined
    const target = await folders.target(resolveUri(folderOf(document.uri), path), inFolder[mark.key])
    if (target)
      return {
        range,
        target: around.spelling(target),
        tooltip: `Open ${path === mark.text ? '' : `${path}: `}${decodeURIComponent(target.slice(target.lastIndexOf('/') + 1))}`,
      }
  }
  return undefined
}

/** The environment that a path stands in; all of them where it stands outside. */
function environmentsAt({at}: PathMark, section: number, {document, schema, documentOf}: FeatureRequest): readonly string[] {
  const unit = unitOf(document, section)
  const offset = document.offset(at) ?? 0
  for (const one of unit ? chainOf(unit, documentOf) : []) {
    const defined = occurrencesIn(one.section, schema).filter(({kind, defines}) => kind === 'environment' && defines)
    const own = one === unit ? defined.find(environment => covers(document, extentOf(environment), offset)) : undefined
    if (own) return [own.name]
    if (defined.length > 0) return defined.map(({name}) => name)
  }
  return []
}

/** What exists, each folder looked into once. */
class Folders {
  readonly #request: FeatureRequest
  readonly #signal: AbortSignal
  readonly #lists = new Map<Uri, Promise<readonly Entry[] | undefined>>()

  constructor(request: FeatureRequest, signal: AbortSignal) {
    this.#request = request
    this.#signal = signal
  }

  /** A file that exists, or the file to open of a folder that does. */
  async target(uri: Uri, wanted: RegExp | undefined): Promise<Uri | undefined> {
    const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1))
    const entry = (await this.#list(folderOf(uri)))?.find(one => one.name === name)
    if (entry?.kind !== 'folder') return entry && uri
    const inside = wanted && (await this.#list(uri))?.find(one => one.kind === 'file' && wanted.test(one.name))
    return inside && resolveUri(uri, inside.name)
  }

  #list(uri: Uri): Promise<readonly Entry[] | undefined> {
    const known = this.#lists.get(uri) ?? this.#request.around.files.list(uri, this.#signal)
    this.#lists.set(uri, known)
    return known
  }
}
