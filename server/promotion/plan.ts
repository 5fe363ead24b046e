import type {Connections} from '../cluster/connection.ts'
import type {Plan, PromotionRequest, RenderedTarget, ResolvedTarget} from '../model/promotion.ts'
import {canonical, hashOf} from './canonical.ts'
import {inParallel} from './insist.ts'
import {type Prepared, prepare} from './prepare.ts'
import {isVerifiedIn, titleOf} from './release.ts'
import {visit} from './site.ts'
import {statusOf} from './status.ts'
import {count} from './words.ts'

export type Planned = {readonly plan: Plan; readonly prepared: readonly Prepared[]}

/** Looks at every target of an environment, and at the environments before it. Writes nothing. */
export async function planPromotion(connections: Connections, request: PromotionRequest, signal: AbortSignal): Promise<Planned> {
  const [prepared, before] = await Promise.all([
    inParallel(request.targets, 4, rendered => planTarget(connections, rendered, request, signal)),
    unverifiedBefore(connections, request, signal),
  ])
  const targets = request.targets.map(({target}) => target)
  const [first] = targets
  const several = targets.length > 1
  const refusals = [...(request.refusals ?? []), ...before, ...prepared.flatMap((one, index) => named(one.refusals, targets[index], several))]
  if (first === undefined) refusals.push('The environment has no target.')
  const remarks = [
    ...prepared.flatMap((one, index) => named(one.remarks, targets[index], several)),
    ...prepared.flatMap((one, index) => slow(one, targets[index])),
  ]
  const shown = {
    action: 'promote' as const,
    release: request.release,
    progression: first?.progression ?? '',
    environment: first?.environment ?? '',
    production: targets.some(({production}) => production),
    targets: prepared.map(({plan}) => plan),
    steps: stepsOf(request, prepared),
    refusals: [...new Set(refusals)],
  }
  return {plan: {...shown, digest: digestOf(shown), remarks: [...new Set(remarks)]}, prepared}
}

export async function planTarget(connections: Connections, rendered: RenderedTarget, request: PromotionRequest, signal: AbortSignal): Promise<Prepared> {
  const {target} = rendered
  const site = await visit(connections, target, signal)
  if (site.ok) return prepare(site.value, rendered, request, signal)
  const {context} = target.cluster
  const plan = {target: target.target, context, server: '', namespace: target.namespace, user: '', revision: 0, changes: [], notDryRun: []}
  return {plan, refusals: [site.error.message], remarks: []}
}

/** Estimates change with the load and bind nobody; everything else does. */
export const digestOf = (plan: Omit<Plan, 'digest' | 'remarks'>): string =>
  hashOf({...plan, targets: plan.targets.map(target => ({...target, rollbackSeconds: undefined}))})

/** Why the release may not come here yet: an environment before has not verified it. */
async function unverifiedBefore(connections: Connections, {before, release}: PromotionRequest, signal: AbortSignal): Promise<readonly string[]> {
  const statuses = await inParallel(before, 4, target => statusOf(connections, target, signal))
  return statuses.flatMap((status, index) => {
    if (isVerifiedIn(release.id, [status])) return []
    const title = titleOf(before[index] ?? status)
    if (status.phase === 'unreachable') return [`Whether ${title} has verified ${release.id} cannot be told: ${status.message}`]
    const here = status.phase === 'empty' ? 'nothing was promoted there yet' : `it is ${status.phase} with ${status.release ?? 'nothing'}`
    return [`${title} has not verified ${release.id}: ${here}. Promote it there first.`]
  })
}

const named = (sentences: readonly string[], target: ResolvedTarget | undefined, several: boolean): readonly string[] =>
  several && target !== undefined ? sentences.map(sentence => `${target.target}: ${sentence}`) : sentences

function slow({plan}: Prepared, target: ResolvedTarget | undefined): readonly string[] {
  const within = target?.rollback?.within
  if (target === undefined || within === undefined || plan.rollbackSeconds === undefined || plan.rollbackSeconds * 1000 <= within) return []
  return [`${titleOf(target)}: a rollback takes about ${Math.round(plan.rollbackSeconds)} s, and the budget is ${within / 1000} s.`]
}

/** What is done, target by target where they differ. */
function stepsOf({targets, release}: PromotionRequest, prepared: readonly Prepared[]): readonly string[] {
  const lists = targets.map(({target}, index) => {
    const one = prepared[index]
    if (one?.ready?.nothingToDo) return [`nothing changes: ${release.id} is verified at once`]
    const changed = one?.plan.changes.filter(({action}) => action === 'create' || action === 'change').length ?? 0
    const pruned = one?.plan.changes.filter(({action}) => action === 'prune').length ?? 0
    const tests = target.smoke.map(test =>
      test.kind === 'job'
        ? `smoke test: Job ${test.job.metadata.name}`
        : `smoke test: ${count(test.checks.length, 'request')} to ${test.kind === 'url' ? test.url : test.service}`,
    )
    const back =
      target.rollback === undefined
        ? 'a failure stops here and offers a rollback'
        : `a failing ${target.rollback.on.filter(step => step === 'rollout' || step === 'smoke').join(' or ')} rolls back`
    return [
      `deploy: apply ${count(changed, 'object')}`,
      'rollout: wait until every workload is available',
      ...tests,
      'verified',
      ...(pruned > 0 ? [`remove ${count(pruned, 'object')} that the release no longer has`] : []),
      back,
    ]
  })
  const [first = []] = lists
  if (lists.every(list => canonical(list) === canonical(first))) return first
  return lists.flatMap((list, index) => list.map(step => `${targets[index]?.target.target}: ${step}`))
}
