import type {Document} from '../document/document.ts'
import {fileUri} from '../document/uri.ts'
import {editsOf} from '../fixes/index.ts'
import {locations} from '../locations.ts'
import type {Place} from '../model/place.ts'
import type {Progression} from '../model/progression.ts'
import {type Renderings, targetKey} from '../model/rendering.ts'
import {resolve} from '../report/resolve.ts'
import {loud} from '../report/result.ts'
import type {Checked} from '../rules/checker.ts'
import {type Command, type Invocation, wordOf} from './command.ts'
import {openWorkspace, progressionFiles, ruleLevels} from './workspace.ts'

const severities = ['error', 'warning', 'info', 'hint'] as const

export const check: Command = {
  usage: 'progression check [PATH…] [--format text|json|sarif|github] [--fail-on LEVEL] [--rules CODE=LEVEL,…]',
  summary: 'Looks for mistakes in progressions, and in what their overlays and charts render to.',
  options: {
    format: {type: 'string', short: 'f'},
    'fail-on': {type: 'string'},
    rules: {type: 'string', multiple: true},
    'no-render': {type: 'boolean'},
    color: {type: 'boolean'},
    'no-color': {type: 'boolean'},
  },
  help: {
    format: 'text (default), json, sarif or github',
    'fail-on': 'exit 1 when a finding reaches this level: error, warning (default), info, hint or never',
    rules: 'levels of rules, such as order/cycle=error,load/missing=off; may be repeated',
    'no-render': 'leave overlays and charts alone',
    color: 'colours even where the output is no terminal',
    'no-color': 'no colours',
  },
  async run(invocation) {
    const {folder, words, values, signal} = invocation
    const format = wordOf(values, 'format', ['text', 'json', 'sarif', 'github'], 'text')
    const failOn = wordOf(values, 'fail-on', [...severities, 'never'], 'warning')
    const levels = ruleLevels(values)
    const uris = await progressionFiles(folder, words, signal)
    const warnings: string[] = []
    const renderer = values['no-render'] ? undefined : await rendererOf(invocation)
    if (uris.length === 0) invocation.error.write(`No progression.yaml or *.progression.yaml was found in ${words.join(', ') || 'this folder'}.\n`)
    try {
      const {analysis, open} = openWorkspace({levels, renderer, grammar: locations(invocation.entry).grammar, log: message => warnings.push(message), signal})
      const documents = new Map<string, Document>()
      const parts: {checked: Checked; progressions: readonly Progression[]; unknown: readonly {at: Place; message: string}[]}[] = []
      for (const uri of uris) {
        const document = await open(uri)
        documents.set(uri, document)
        const renderings = await analysis.render(document, signal)
        const progressions = analysis.progressions(document)
        parts.push({checked: analysis.check(document, renderings), progressions, unknown: notRendered(progressions, renderings)})
      }
      const checked = {findings: parts.flatMap(part => part.checked.findings), suppressed: parts.flatMap(part => part.checked.suppressed)}
      const result = resolve({
        checked,
        progressions: parts.flatMap(part => part.progressions),
        documents,
        root: fileUri(folder),
        unknown: parts.flatMap(part => part.unknown),
        editsOf: finding => {
          const document = documents.get(finding.at.document)
          const progression = parts.flatMap(part => part.progressions).find(one => one.document === finding.at.document)
          return document && progression && finding.fix && editsOf(finding.fix.id, {document, at: finding.at, progression, arguments: finding.fix.arguments})
        },
      })
      for (const warning of warnings) invocation.error.write(`${warning}\n`)
      invocation.out.write(await report(format, result, invocation))
      const worst = failOn === 'never' ? -1 : severities.indexOf(failOn)
      return loud(result).some(finding => severities.indexOf(finding.level) <= worst) ? 1 : 0
    } finally {
      await renderer?.close()
    }
  },
}

async function rendererOf({entry, error}: Invocation) {
  const {engine, renderWorker} = locations(entry)
  if (!engine) {
    error.write('The render engine is not built, so overlays and charts are not looked at. Run npm run build.\n')
    return undefined
  }
  const {WasmRenderer} = await import('../render/renderer.ts')
  return new WasmRenderer({engine, worker: renderWorker})
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

async function report(format: string, result: Parameters<typeof loud>[0], {values, out, environment}: Invocation): Promise<string> {
  if (format === 'json') return (await import('../report/json.ts')).jsonReport(result)
  if (format === 'github') return (await import('../report/github.ts')).githubReport(result)
  if (format === 'sarif') return (await import('../report/sarif.ts')).sarifReport(result, {version: (await import('./version.ts')).version})
  const colours = values.color === true || (values['no-color'] !== true && out.isTTY === true && !environment.NO_COLOR)
  return (await import('../report/text.ts')).textReport(result, {colours})
}
