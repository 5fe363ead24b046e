import {locations} from '../locations.ts'
import {type CheckResult, loud} from '../report/result.ts'
import {type Command, type Invocation, textOf, wordOf} from './command.ts'
import {examine} from './examine.ts'
import {explain, pageText} from './explain.ts'
import {rerun} from './watch.ts'
import {ruleLevels} from './workspace.ts'

const severities = ['error', 'warning', 'info', 'hint'] as const

export const check: Command = {
  usage: 'progression check [PATH…] [--format text|json|sarif|github] [--fail-on LEVEL] [--rules CODE=LEVEL,…] [--watch] [--explain CODE]',
  summary: 'Looks for mistakes in progressions, and in what their overlays and charts render to.',
  options: {
    format: {type: 'string', short: 'f'},
    'fail-on': {type: 'string'},
    rules: {type: 'string', multiple: true},
    explain: {type: 'string'},
    watch: {type: 'boolean', short: 'w'},
    'no-render': {type: 'boolean'},
    color: {type: 'boolean'},
    'no-color': {type: 'boolean'},
  },
  help: {
    format: 'text (default), json, sarif or github',
    'fail-on': 'exit 1 when a finding reaches this level: error, warning (default), info, hint or never',
    rules: 'levels of rules, such as order/cycle=error,load/missing=off; may be repeated',
    explain: 'say what a code means, why it matters and what is right instead',
    watch: 'check again whenever a file changes, until Ctrl-C',
    'no-render': 'leave overlays and charts alone',
    color: 'colours even where the output is no terminal',
    'no-color': 'no colours',
  },
  async run(invocation) {
    const {values, signal, out, error, folder} = invocation
    const code = textOf(values, 'explain')
    if (code !== undefined) return explain(invocation, code)
    const format = wordOf(values, 'format', ['text', 'json', 'sarif', 'github'], 'text')
    const failOn = wordOf(values, 'fail-on', [...severities, 'never'], 'warning')
    const levels = ruleLevels(values)
    const renderer = values['no-render'] ? undefined : await rendererOf(invocation)
    let exitCode = 0
    const once = async () => {
      const {result, warnings} = await examine(invocation, levels, renderer)
      for (const warning of warnings) error.write(`${warning}\n`)
      out.write(await report(format, result, invocation))
      const worst = failOn === 'never' ? -1 : severities.indexOf(failOn)
      exitCode = loud(result).some(finding => severities.indexOf(finding.level) <= worst) ? 1 : 0
    }
    try {
      if (!values.watch) await once()
      else
        await rerun(
          folder,
          async () => {
            // A fresh screen each time, as a person watches it; a pipe gets one report behind the other.
            if (out.isTTY) out.write('\u001B[2J\u001B[3J\u001B[H')
            await once()
          },
          signal,
        )
      return exitCode
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

async function report(format: string, result: CheckResult, {values, out, environment, entry}: Invocation): Promise<string> {
  if (format === 'json') return (await import('../report/json.ts')).jsonReport(result)
  if (format === 'github') return (await import('../report/github.ts')).githubReport(result)
  if (format === 'sarif') {
    const found = [...new Set(result.findings.map(finding => finding.code))]
    const pages = new Map(await Promise.all(found.map(async code => [code, await pageText(entry, code)] as const)))
    return (await import('../report/sarif.ts')).sarifReport(result, {version: (await import('./version.ts')).version, page: code => pages.get(code)})
  }
  const colours = values.color === true || (values['no-color'] !== true && out.isTTY === true && !environment.NO_COLOR)
  return (await import('../report/text.ts')).textReport(result, {colours})
}
