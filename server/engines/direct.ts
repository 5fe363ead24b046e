import {Connections} from '../cluster/connection.ts'
import type {KubeconfigSource} from '../cluster/kubeconfig.ts'
import type {
  Outcome,
  Plan,
  PromotionEvent,
  PromotionRequest,
  PromotionService,
  RenderedTarget,
  ResolvedTarget,
  RollbackRequest,
  TargetStatus,
} from '../model/promotion.ts'
import {inParallel} from '../promotion/insist.ts'
import {planPromotion, planTarget} from '../promotion/plan.ts'
import {planRollback} from '../promotion/plan-rollback.ts'
import type {Prepared} from '../promotion/prepare.ts'
import {promoteTarget} from '../promotion/promote-target.ts'
import {rollBack, type TargetOutcome} from '../promotion/rollback-target.ts'
import {setUp} from '../promotion/setup.ts'
import {statusOf} from '../promotion/status.ts'
import {TargetRecord} from '../promotion/target-record.ts'
import {watchStatus} from '../promotion/watch-status.ts'
import {count} from '../promotion/words.ts'
import {run, type Tell} from './run.ts'

type Ending = Omit<Outcome, 'seconds'>

/** The engine in this process; nothing is asked of any cluster before its first method is called. Close it, or its connections keep the process alive. */
export const openDirectEngine = ({kubeconfig = {}}: {readonly kubeconfig?: KubeconfigSource} = {}): DirectEngine => new DirectEngine(kubeconfig)

/** The engine that applies objects itself, with its state in the cluster. It holds connections and nothing else: any number may run side by side. */
export class DirectEngine implements PromotionService {
  readonly #connections: Connections

  constructor(source: KubeconfigSource = {}) {
    this.#connections = new Connections(source)
  }

  async plan(request: PromotionRequest, signal: AbortSignal): Promise<Plan> {
    return (await planPromotion(this.#connections, request, signal)).plan
  }

  async planRollback(request: RollbackRequest, signal: AbortSignal): Promise<Plan> {
    return (await planRollback(this.#connections, request, signal)).plan
  }

  promote(request: PromotionRequest, signal: AbortSignal): AsyncIterable<PromotionEvent> {
    return run((tell, either) => this.#promote(request, tell, either), signal)
  }

  rollback(request: RollbackRequest, signal: AbortSignal): AsyncIterable<PromotionEvent> {
    return run((tell, either) => this.#rollback(request, tell, either), signal)
  }

  status(targets: readonly ResolvedTarget[], signal: AbortSignal): Promise<readonly TargetStatus[]> {
    return inParallel(targets, 8, target => statusOf(this.#connections, target, signal))
  }

  watch(targets: readonly ResolvedTarget[], signal: AbortSignal): AsyncIterable<readonly TargetStatus[]> {
    return watchStatus(this.#connections, targets, signal)
  }

  setup(targets: readonly RenderedTarget[], signal: AbortSignal): AsyncIterable<PromotionEvent> {
    return run((tell, either) => this.#setup(targets, tell, either), signal)
  }

  close(): Promise<void> {
    return this.#connections.close()
  }

  /** Wave after wave; the first target that is not verified ends it, and the waves behind it stay as they are. */
  async #promote(request: PromotionRequest, tell: Tell, signal: AbortSignal): Promise<Ending> {
    const {plan, prepared} = await planPromotion(this.#connections, request, signal)
    const base = {environment: plan.environment, release: plan.release.id}
    const refusal = signal.aborted ? undefined : whyNot(plan, request.agreed)
    if (refusal !== undefined) return {...base, result: 'refused', message: refusal}
    const waves = [...request.targets.entries()].sort(([, left], [, right]) => (left.target.wave ?? 1) - (right.target.wave ?? 1))
    let last: TargetOutcome | undefined
    for (const [position, [index, rendered]] of waves.entries()) {
      if (signal.aborted) return {...base, result: last === undefined ? 'aborted' : 'blocked', message: halted(plan.environment, position, waves.length)}
      // Minutes may have passed since the plan; only the first target is still as it was seen.
      const now: Prepared | undefined = position === 0 ? prepared[index] : await planTarget(this.#connections, rendered, request, signal)
      if (now?.ready === undefined || now.refusals.length > 0)
        return {...base, result: last === undefined ? 'refused' : 'blocked', message: (now?.refusals ?? []).join(' ')}
      last = await promoteTarget(now.ready, request, tell, signal)
      const behind = waves.length - position - 1
      const untouched = behind > 0 ? ` Not touched: ${count(behind, 'target')} of ${plan.environment} behind it.` : ''
      if (last.result !== 'verified') return {...base, ...last, message: last.message + untouched}
    }
    const message = waves.length > 1 ? `${base.release} is verified in all ${waves.length} targets of ${plan.environment}.` : (last?.message ?? '')
    return {...base, ...last, result: 'verified', message}
  }

  /** All targets at once: every second counts, and none waits for another. */
  async #rollback(request: RollbackRequest, tell: Tell, signal: AbortSignal): Promise<Ending> {
    const verdictAt = performance.now()
    const {plan, returning} = await planRollback(this.#connections, request, signal)
    const base = {environment: plan.environment, release: plan.release.id}
    const refusal = signal.aborted ? undefined : whyNot(plan, request.agreed)
    if (signal.aborted) return {...base, result: 'aborted', message: `Stopped before anything was written to ${plan.environment}.`}
    if (refusal !== undefined) return {...base, result: 'refused', message: refusal}
    const outcomes = await inParallel(returning, returning.length, ({site, stored, to}) => {
      const record = new TargetRecord(site, stored.state, stored.resourceVersion, tell)
      const why = `Rollback asked by ${request.requestedBy ?? site.user}${request.reason === undefined ? '' : ` (${request.reason})`}`
      return rollBack({site, record, to, why, event: 'rollback', verdictAt}, signal)
    })
    const worst = outcomes.find(({result}) => result === 'rollbackFailed') ?? outcomes.find(({result}) => result !== 'rolledBack') ?? outcomes[0]
    const rollbackSeconds = Math.max(...outcomes.map(outcome => outcome.rollbackSeconds ?? 0))
    const message = outcomes.map(outcome => outcome.message).join(' ')
    return {...base, ...worst, result: worst?.result ?? 'refused', message, rollbackSeconds}
  }

  async #setup(targets: readonly RenderedTarget[], tell: Tell, signal: AbortSignal): Promise<Ending> {
    const environment = targets[0]?.target.environment ?? ''
    let made = 0
    for (const rendered of targets) {
      const say = (message: string) => tell({kind: 'progress', at: Date.now(), target: rendered.target.target, message})
      const done = await setUp(this.#connections, rendered, say, signal)
      if (!done.ok) return {environment, release: '', result: done.error.kind === 'aborted' ? 'aborted' : 'failed', message: done.error.message}
      made += done.value
    }
    return {environment, release: '', result: 'verified', message: made === 0 ? `${environment} was set up already.` : `${environment} is set up.`}
  }
}

function whyNot(plan: Plan, agreed: string | undefined): string | undefined {
  if (plan.refusals.length > 0) return plan.refusals.join(' ')
  if (agreed === undefined || agreed === plan.digest) return undefined
  return `What would happen in ${plan.environment} has changed since the plan was shown. Look at the new plan and decide again.`
}

const halted = (environment: string, done: number, total: number): string =>
  done === 0
    ? `Stopped before anything was written to ${environment}.`
    : `Stopped: ${done} of ${total} targets of ${environment} are verified, the rest is as before.`
