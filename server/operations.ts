import type {Analysis} from './analysis.ts'
import {checklist} from './checklist/checklist.ts'
import type {Document} from './document/document.ts'
import {phaseWords, worst} from './graph/phase.ts'
import {progressionView} from './graph/view.ts'
import {LiveStates} from './live-states.ts'
import type {Uri} from './model/files.ts'
import type {Place} from './model/place.ts'
import type {Plan as EnginePlan, PromotionEvent, PromotionRequest, PromotionService, RollbackRequest} from './model/promotion.ts'
import type {Choice, Preparation} from './preparation.ts'
import type {
  Changed,
  Checklist,
  ChecklistParameters,
  Checklists,
  EnvironmentStatus,
  Graph,
  GraphParameters,
  Location,
  Outcome,
  Plan,
  PlanParameters,
  RunParameters,
  Status,
  StatusParameters,
} from './protocol.ts'

export type OperationsOptions = {
  readonly analysis: Analysis
  readonly preparation: Preparation
  readonly promotions: () => Promise<PromotionService>
  readonly document: (uri: Uri, signal?: AbortSignal) => Promise<Document | undefined>
  readonly documents: (signal?: AbortSignal) => Promise<readonly Uri[]>
  readonly trusted: boolean
  readonly kill: () => Promise<void>
}

type Request = {readonly promote: PromotionRequest} | {readonly rollback: RollbackRequest} | {readonly refusals: readonly string[]}

const untrusted = 'This workspace is not trusted, so no cluster is asked. Trust it to promote and roll back.'

/** What an editor can ask beyond the language: pictures, plans, promotions. What cannot be done comes back in words. */
export class Operations {
  readonly #options: OperationsOptions
  readonly #live: LiveStates
  /** Choices behind the plans people were shown, so that a yes means the same release. */
  readonly #plans = new Map<string, Choice>()

  constructor(options: OperationsOptions) {
    this.#options = options
    this.#live = new LiveStates(options.promotions)
  }

  onChanged(listener: (changed: Changed) => void): void {
    this.#live.onChanged(uri => listener({uris: [uri]}))
  }

  async graph({uri}: GraphParameters, signal: AbortSignal): Promise<Graph> {
    const {analysis, document, documents} = this.#options
    const progressions = []
    for (const one of uri ? [uri] : await documents(signal)) {
      const found = await document(one, signal)
      if (!found) continue
      await analysis.prepare(found, signal)
      const locate = (place: Place): Location | undefined => {
        const range = place.document === found.uri ? found.range(place) : undefined
        return range && {uri: found.uri, range}
      }
      const {live, statuses} = this.#live.of(found.uri)
      for (const progression of analysis.progressions(found)) {
        const own = statuses.filter(status => status.progression === undefined || status.progression === progression.name)
        progressions.push(progressionView(progression, {locate, live, statuses: Map.groupBy(own, status => status.environment)}))
      }
    }
    return {progressions}
  }

  async checklist({uri}: ChecklistParameters, signal: AbortSignal): Promise<Checklists> {
    const {analysis, document, documents} = this.#options
    const progressions: Checklist[] = []
    for (const one of uri ? [uri] : await documents(signal)) {
      const found = await document(one, signal)
      if (!found) continue
      await analysis.prepare(found, signal)
      const around = analysis.documents(found)
      for (const progression of analysis.progressions(found)) {
        const items = checklist(progression).map(({at, ...item}) => {
          const range = around.get(at.document)?.range(at)
          return range ? {...item, at: {uri: at.document, range}} : item
        })
        progressions.push({id: `${progression.document}#${progression.index}`, name: progression.name, uri: found.uri, items})
      }
    }
    return {progressions}
  }

  async status({uri, progression}: StatusParameters, signal: AbortSignal): Promise<Status> {
    const {analysis, document, preparation, trusted} = this.#options
    const found = trusted ? await document(uri, signal) : undefined
    if (!found) return {environments: []}
    await analysis.prepare(found, signal)
    const targets = preparation.targets(found)
    const statuses = await this.#live.ask(uri, targets, signal)
    const chosen = statuses.filter(status => progression === undefined || status.progression === progression)
    const environments = [...Map.groupBy(chosen, status => JSON.stringify([status.progression, status.environment])).values()].flatMap(
      (group): EnvironmentStatus[] => {
        const shown = worst(group)
        if (!shown) return []
        const {text, tone} = phaseWords(shown.phase)
        return [
          {
            progression: group[0]?.progression ?? '',
            environment: shown.environment,
            phase: shown.phase,
            detail: text,
            tone,
            release: shown.release,
            lastRollbackSeconds: shown.lastRollbackSeconds,
          },
        ]
      },
    )
    return {environments}
  }

  async plan(parameters: PlanParameters, signal: AbortSignal): Promise<Plan> {
    const document = await this.#options.document(parameters.uri, signal)
    if (!this.#options.trusted || !document) return refusedPlan(parameters, [document ? untrusted : 'The file is not there any more.'])
    await this.#options.analysis.prepare(document, signal)
    const {progression, environment, release, images, action} = parameters
    const choice: Choice & {action: typeof action} = {document, progression, environment, release, images, action}
    const request = await this.#request(choice, action, signal)
    if ('refusals' in request) return refusedPlan(parameters, request.refusals)
    const engine = await this.#options.promotions()
    const plan = 'promote' in request ? await engine.plan(request.promote, signal) : await engine.planRollback(request.rollback, signal)
    this.#plans.set(plan.digest, {...choice, release: action === 'promote' ? (release ?? retainable(request)) : release})
    return shown(parameters, plan)
  }

  async promote(parameters: RunParameters, progress: (message: string) => void, signal: AbortSignal): Promise<Outcome> {
    return this.#run(parameters, 'promote', progress, signal)
  }

  async rollback(parameters: RunParameters, progress: (message: string) => void, signal: AbortSignal): Promise<Outcome> {
    return this.#run(parameters, 'rollback', progress, signal)
  }

  killClusterWorker(): Promise<void> {
    return this.#options.kill()
  }

  dispose(): void {
    this.#live.dispose()
  }

  /** Prepares again from scratch and lets the engine hold the result against the digest: what changed since is refused. */
  async #run(parameters: RunParameters, action: Plan['action'], progress: (message: string) => void, signal: AbortSignal): Promise<Outcome> {
    const refused = (message: string): Outcome => ({result: 'refused', message})
    if (!this.#options.trusted) return refused(untrusted)
    const document = await this.#options.document(parameters.uri, signal)
    const choice = this.#plans.get(parameters.planDigest)
    if (!document || !choice || choice.environment !== parameters.environment)
      return refused(`The plan for ${parameters.environment} is not known any more. Ask for it again.`)
    await this.#options.analysis.prepare(document, signal)
    const request = await this.#request({...choice, document, agreed: parameters.planDigest}, action, signal)
    if ('refusals' in request) return refused(request.refusals.join('\n'))
    const targets = 'promote' in request ? request.promote.targets.map(({target}) => target) : request.rollback.targets
    if (targets.some(({production}) => production) && parameters.confirmation !== parameters.environment)
      return refused(`${parameters.environment} is a production: its name must be typed to go on.`)
    const engine = await this.#options.promotions()
    const events = 'promote' in request ? engine.promote(request.promote, signal) : engine.rollback(request.rollback, signal)
    void this.#live.ask(document.uri, this.#options.preparation.targets(document), new AbortController().signal).catch(() => {})
    return follow(events, progress)
  }

  async #request(choice: Choice, action: Plan['action'], signal: AbortSignal): Promise<Request> {
    const {preparation} = this.#options
    if (action === 'rollback') {
      const request = await preparation.rollback({...choice, to: choice.release})
      return 'targets' in request ? {rollback: request} : request
    }
    const request = await preparation.promotion(choice, signal)
    return 'targets' in request ? {promote: request} : request
  }
}

/** A release that comes from before is named, so that the same one is meant at the yes; one made of the head of the branch is not retained yet. */
const retainable = (request: Request): string | undefined =>
  'promote' in request && request.promote.before.length > 0 ? request.promote.release.id : undefined

async function follow(events: AsyncIterable<PromotionEvent>, progress: (message: string) => void): Promise<Outcome> {
  for await (const event of events) {
    if (event.kind !== 'outcome') progress(event.message)
    else {
      const {result, message, release, seconds, rollbackSeconds} = event.outcome
      return {result, message, release, seconds, rollbackSeconds}
    }
  }
  return {result: 'failed', message: 'The engine ended without saying what came of it. Ask for the status.'}
}

const refusedPlan = ({uri, progression, environment, action}: PlanParameters, refusals: readonly string[]): Plan => ({
  ...{uri, progression, environment, action, refusals},
  ...{digest: '', production: false, targets: [], release: '', summary: [], changes: [], remarks: []},
})

function shown({uri}: PlanParameters, plan: EnginePlan): Plan {
  const seconds = plan.targets.map(({rollbackSeconds}) => rollbackSeconds).filter(one => one !== undefined)
  return {
    uri,
    progression: plan.progression,
    environment: plan.environment,
    action: plan.action,
    digest: plan.digest,
    production: plan.production,
    targets: plan.targets.map(({target, context, server, namespace}) => ({name: target, cluster: context, context, server, namespace})),
    release: plan.release.id,
    from: plan.targets[0]?.from?.release,
    summary: plan.steps,
    changes: plan.targets.flatMap(({changes, namespace}) =>
      changes.map(({kind, name, action, diff, namespace: own}) => ({
        kind,
        name,
        namespace: own ?? namespace,
        action: action === 'scaleToZero' ? ('change' as const) : action,
        diff,
      })),
    ),
    refusals: plan.refusals,
    remarks: plan.remarks,
    estimatedRollbackSeconds: seconds.length > 0 ? Math.max(...seconds) : undefined,
  }
}
