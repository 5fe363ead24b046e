import {Analysis, usualSettings} from '../../server/analysis.ts'
import {Document} from '../../server/document/document.ts'
import type {Edit} from '../../server/fixes/fix.ts'
import {editsOf} from '../../server/fixes/index.ts'
import {locations} from '../../server/locations.ts'
import type {Finding} from '../../server/model/finding.ts'
import type {Renderer} from '../../server/model/manifests.ts'
import {type Renderings, withRenderings} from '../../server/model/rendering.ts'
import type {Checked} from '../../server/rules/checker.ts'
import {MemoryFiles} from '../memory-files.ts'

const {grammar} = locations(new URL('../../server/cli.ts', import.meta.url).href)

export type Checking = {
  readonly document: Document
  /** Every document that places may stand in. */
  readonly documents: ReadonlyMap<string, Document>
  readonly files: MemoryFiles
  readonly checked: Checked
  readonly log: readonly string[]
  /** The edits of a finding's fix, made from what was read and rendered. */
  edits(finding: Finding): readonly Edit[] | undefined
}

/** Reads, renders and checks a workspace of texts with the parts of the product. */
export async function check(texts: Readonly<Record<string, string>>, only: ReadonlySet<string> | undefined, renderer?: Renderer): Promise<Checking> {
  const {signal} = new AbortController()
  const files = new MemoryFiles(texts)
  const log: string[] = []
  const analysis = new Analysis({files, renderer, grammar, rootOf: async () => files.root, log: message => log.push(message), settings: () => usualSettings})
  const document = new Document(files.uri('progression.yaml'), 1, texts['progression.yaml'] ?? '')
  await analysis.prepare(document, signal)
  const renderings: Renderings = await analysis.render(document, signal)
  const progressions = analysis.progressions(document).map(progression => withRenderings(progression, renderings))
  return {
    document,
    documents: analysis.documents(document),
    files,
    log,
    checked: analysis.check(document, renderings, only),
    edits({fix, at}) {
      const offset = document.offset(at) ?? 0
      const progression = progressions.findLast(one => (document.offset(one.at) ?? 0) <= offset) ?? progressions[0]
      return fix && progression && editsOf(fix.id, {document, at, progression, arguments: fix.arguments})
    },
  }
}

/** A text after edits, which may come in any order. */
export const apply = (text: string, edits: readonly Edit[]): string =>
  edits.toSorted((a, b) => b.start - a.start).reduce((edited, {start, end, text: inserted}) => edited.slice(0, start) + inserted + edited.slice(end), text)
