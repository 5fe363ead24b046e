import type {Document} from '../document/document.ts'
import {fileUri} from '../document/uri.ts'
import {editsOf} from '../fixes/index.ts'
import {locations} from '../locations.ts'
import type {Finding} from '../model/finding.ts'
import type {Renderer} from '../model/manifests.ts'
import type {Place} from '../model/place.ts'
import type {Level, Progression} from '../model/progression.ts'
import {type Renderings, targetKey} from '../model/rendering.ts'
import {resolve} from '../report/resolve.ts'
import type {CheckResult} from '../report/result.ts'
import type {Checked} from '../rules/checker.ts'
import type {Invocation} from './command.ts'
import {openWorkspace, progressionFiles} from './workspace.ts'

export type Examined = {readonly result: CheckResult /** Rules that crashed, one message each. */; readonly warnings: readonly string[]}

/** Checks every progression below the paths of the command line, once, as the files are now. */
export async function examine(invocation: Invocation, levels: ReadonlyMap<string, Level>, renderer: Renderer | undefined): Promise<Examined> {
  const {folder, words, signal} = invocation
  const warnings: string[] = []
  const uris = await progressionFiles(folder, words, signal)
  if (uris.length === 0) warnings.push(`No progression.yaml or *.progression.yaml was found in ${words.join(', ') || 'this folder'}.`)
  const {analysis, open} = openWorkspace({levels, renderer, grammar: locations(invocation.entry).grammar, log: message => warnings.push(message), signal})
  const documents = new Map<string, Document>()
  const parts: {checked: Checked; progressions: readonly Progression[]; unknown: readonly {at: Place; message: string}[]}[] = []
  for (const uri of uris) {
    const document = await open(uri)
    const renderings = await analysis.render(document, signal)
    const progressions = analysis.progressions(document)
    // Findings may stand in a file that a progression extends, and point into others that it reads.
    for (const [around, one] of analysis.documents(document)) documents.set(around, one)
    parts.push({checked: analysis.check(document, renderings), progressions, unknown: notRendered(progressions, renderings)})
  }
  const progressions = parts.flatMap(part => part.progressions)
  const result = resolve({
    checked: {
      findings: once(
        parts.flatMap(part => part.checked.findings),
        finding => finding,
      ),
      suppressed: once(
        parts.flatMap(part => part.checked.suppressed),
        ({finding}) => finding,
      ),
    },
    progressions,
    documents,
    root: fileUri(folder),
    unknown: parts.flatMap(part => part.unknown),
    editsOf(finding) {
      const document = documents.get(finding.at.document)
      const offset = document?.offset(finding.at) ?? 0
      const own = progressions.filter(one => one.document === finding.at.document)
      const progression = own.findLast(one => (document?.offset(one.at) ?? 0) <= offset) ?? own[0]
      return document && progression && finding.fix && editsOf(finding.fix.id, {document, at: finding.at, progression, arguments: finding.fix.arguments})
    },
  })
  return {result, warnings}
}

/** What is wrong in a base is found with everybody who extends it, and told once. */
function once<T>(all: readonly T[], findingOf: (one: T) => Finding): readonly T[] {
  const seen = new Map<string, T>()
  for (const one of all) {
    const {code, at, message} = findingOf(one)
    const key = `${code} ${at.document} ${at.block} ${at.start} ${message}`
    if (!seen.has(key)) seen.set(key, one)
  }
  return [...seen.values()]
}

/** What could not be rendered for a reason that is not the author's. */
function notRendered(progressions: readonly Progression[], renderings: Renderings): {at: Place; message: string}[] {
  return progressions.flatMap(progression =>
    progression.environments.items.flatMap(environment =>
      environment.targets.items.flatMap(target => {
        const rendering = renderings.get(targetKey(progression, environment, target))
        return rendering?.state === 'unknown' ? [{at: target.manifests.at, message: `${environment.name}: ${rendering.why}`}] : []
      }),
    ),
  )
}
