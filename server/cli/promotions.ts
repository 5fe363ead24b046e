import {resolve} from 'node:path'
import {createInterface} from 'node:readline/promises'
import type {ParseArgsOptionsConfig} from 'node:util'
import type {Document} from '../document/document.ts'
import {locations} from '../locations.ts'
import type {Outcome, Plan, PromotionEvent, PromotionService} from '../model/promotion.ts'
import {type Choice, Preparation} from '../preparation.ts'
import {planText} from '../report/plan.ts'
import {type Invocation, textOf, textsOf, UsageError} from './command.ts'
import {openWorkspace, progressionFiles} from './workspace.ts'

export const sharedOptions: ParseArgsOptionsConfig = {
  file: {type: 'string'},
  progression: {type: 'string'},
  context: {type: 'string', multiple: true},
  kubeconfig: {type: 'string'},
  format: {type: 'string', short: 'f'},
}

export const sharedHelp = {
  file: 'the progression file; the one in this folder when it is left out',
  progression: 'which progression, where the file holds several',
  context: 'CLUSTER=CONTEXT: the kubeconfig context of a cluster on this machine; may be repeated',
  kubeconfig: 'path of the kubeconfig; KUBECONFIG or the usual place when it is left out',
  format: 'text (default) or json',
}

export const promotionOptions: ParseArgsOptionsConfig = {
  ...sharedOptions,
  release: {type: 'string'},
  image: {type: 'string', multiple: true},
  reason: {type: 'string'},
}
export const promotionHelp = {
  ...sharedHelp,
  release: 'a release that is verified before; the newest one when it is left out',
  image: 'NAME@sha256:…: the digest of an image of a new release; may be repeated',
  reason: 'why, for the history',
}

export type Promotions = {readonly document: Document; readonly preparation: Preparation; readonly service: PromotionService; close(): Promise<void>}

/** Everything a command about promotions needs: the document, the render engine, the engine that speaks to clusters. */
export async function openPromotions(invocation: Invocation): Promise<Promotions> {
  const {values, folder, signal, error, environment} = invocation
  const {analysis, open} = openWorkspace({log: message => error.write(`${message}\n`), signal})
  const document = await open(await chosenFile(invocation))
  const {engine, renderWorker} = locations(invocation.entry)
  if (!engine) throw new UsageError('The render engine is not built. Run npm run build.')
  const {WasmRenderer} = await import('../render/renderer.ts')
  const {openDirectEngine} = await import('../engines/direct.ts')
  const renderer = new WasmRenderer({engine, worker: renderWorker})
  const kubeconfig = textOf(values, 'kubeconfig')
  const service = openDirectEngine({kubeconfig: {path: kubeconfig && resolve(folder, kubeconfig), environment}})
  const contexts = Object.fromEntries(textsOf(values, 'context').map(assignment))
  const preparation = new Preparation({analysis, renderer, promotions: async () => service, resolving: () => ({contexts, environmentVariables: environment})})
  return {
    document,
    preparation,
    service,
    async close() {
      await Promise.all([renderer.close(), service.close()])
    },
  }
}

const assignment = (text: string): [string, string] => {
  const at = text.indexOf('=')
  if (at <= 0) throw new UsageError(`--context ${text}: write CLUSTER=CONTEXT.`)
  return [text.slice(0, at), text.slice(at + 1)]
}

async function chosenFile({values, folder, signal}: Invocation): Promise<string> {
  const named = textOf(values, 'file')
  const files = await progressionFiles(folder, named ? [named] : [], signal)
  const inFolder = files.filter(file => !file.slice(0, file.lastIndexOf('/')).includes('/node_modules'))
  const [only, ...others] = inFolder
  if (!only) throw new UsageError('No progression.yaml was found here. Name it with --file.')
  if (others.length > 0 && !named) throw new UsageError(`There are ${inFolder.length} progression files here. Name one with --file.`)
  return only
}

export function choiceOf({values, words}: Invocation, document: Document, command: string): Choice {
  const [environment, ...rest] = words
  if (!environment || rest.length > 0) throw new UsageError(`Name one environment: progression ${command} ENV.`)
  return {
    document,
    environment,
    progression: textOf(values, 'progression'),
    release: textOf(values, 'release'),
    images: textsOf(values, 'image'),
    reason: textOf(values, 'reason'),
  }
}

/** Prints refusals that leave nothing to plan; exit code 2, as for everything that is refused. */
export function refuse({error, out, values}: Invocation, refusals: readonly string[]): number {
  if (values.format === 'json') out.write(`${JSON.stringify({refusals}, undefined, 2)}\n`)
  else for (const refusal of refusals) error.write(`Refused: ${refusal}\n`)
  return 2
}

export function showPlan({out, environment, values}: Invocation, plan: Plan, diffs: boolean): void {
  if (values.format === 'json') out.write(`${JSON.stringify(plan, undefined, 2)}\n`)
  else out.write(planText(plan, {colours: out.isTTY === true && !environment.NO_COLOR, diffs}))
}

/** Asks a person; a production wants its name. False where nobody can answer. */
export async function agreed(
  {input, error, values, signal}: Invocation,
  plan: Plan,
  verb = plan.action === 'promote' ? 'Promote to' : 'Roll back',
): Promise<boolean> {
  if (values.yes === true) return true
  if (!input.isTTY) {
    error.write('Nobody can be asked here. Say --yes to go on without a question.\n')
    return false
  }
  const where = plan.targets.map(({context, server, namespace}) => `context ${context}, ${server}, namespace ${namespace}`).join('; ')
  const lines = createInterface({input, output: error})
  try {
    const question = plan.production ? `${verb} ${plan.environment} (${where})? Type its name: ` : `${verb} ${plan.environment} (${where})? [y/N] `
    const answer = (await lines.question(question, {signal})).trim()
    const isYes = plan.production ? answer === plan.environment : /^y(es)?$/i.test(answer)
    if (!isYes) error.write('Nothing was changed.\n')
    return isYes
  } finally {
    lines.close()
  }
}

/** Shows what happens and answers the exit code: 0 as wished, 1 failed, blocked or rolled back, 2 refused. */
export async function follow({out, values, environment}: Invocation, events: AsyncIterable<PromotionEvent>, wished: Outcome['result']): Promise<number> {
  const colours = out.isTTY === true && !environment.NO_COLOR
  const dim = (text: string) => (colours ? `\u001B[2m${text}\u001B[0m` : text)
  let outcome: Outcome | undefined
  const start = Date.now()
  for await (const event of events) {
    if (values.format === 'json') out.write(`${JSON.stringify(event)}\n`)
    if (event.kind === 'outcome') outcome = event.outcome
    else if (values.format !== 'json')
      out.write(`${dim(`${((event.at - start) / 1000).toFixed(1).padStart(6)} s`)}  ${event.kind === 'phase' ? event.message : dim(event.message)}\n`)
  }
  if (!outcome) return 1
  if (values.format !== 'json') {
    const code = outcome.result === wished ? '32' : outcome.result === 'rolledBack' ? '33' : '31'
    out.write(`${colours ? `\u001B[${code}m${outcome.message}\u001B[0m` : outcome.message}\n`)
    if (outcome.rollbackSeconds !== undefined && outcome.result === 'rolledBack')
      out.write(`${outcome.environment} was rolled back in ${outcome.rollbackSeconds.toFixed(1)} s, from the verdict to the last bad pod out of service.\n`)
  }
  return outcome.result === wished ? 0 : outcome.result === 'refused' ? 2 : 1
}
