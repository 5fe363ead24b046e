import {apply} from '../cluster/apply.ts'
import type {Connections} from '../cluster/connection.ts'
import type {Result} from '../cluster/errors.ts'
import {succeeded} from '../cluster/errors.ts'
import {resources} from '../cluster/resource.ts'
import {slowestRollback} from '../estimate/rollback-time.ts'
import type {Change, Plan, Release, ResolvedTarget, RollbackRequest, TargetPlan} from '../model/promotion.ts'
import {changeOf} from './dry-run.ts'
import {leaving} from './history.ts'
import {inParallel} from './insist.ts'
import {identify, nameOf} from './order.ts'
import type {Payload} from './payload.ts'
import {digestOf} from './plan.ts'
import {nextRevision} from './prepare.ts'
import {Records} from './records.ts'
import {titleOf} from './release.ts'
import {autoscaled, isAutoscaled, replicasOf, withReplicas} from './replicas.ts'
import {scaledToZero, withEnoughReplicas} from './restore-objects.ts'
import {chooseRevision} from './rollback-target.ts'
import {discover, kindOf, type Site, visit} from './site.ts'
import {type Revision, revisionOf, StateStore, type StoredState} from './state.ts'
import {findTwin, parallel} from './survey.ts'

/** One target that can be rolled back. */
export type Returning = {readonly site: Site; readonly stored: StoredState; readonly to: Revision}
type PlannedTarget = {readonly plan: TargetPlan; readonly refusals: readonly string[]; readonly remarks: readonly string[]; readonly returning?: Returning}
export type PlannedRollback = {readonly plan: Plan; readonly returning: readonly Returning[]}

const nothing: Payload = {objects: [], secrets: []}

/** What a rollback of an environment would change. It refuses little: only what makes it impossible. */
export async function planRollback(connections: Connections, request: RollbackRequest, signal: AbortSignal): Promise<PlannedRollback> {
  const planned = await inParallel(request.targets, 4, target => planTarget(connections, target, request.to, signal))
  const [first] = request.targets
  const [to] = planned.flatMap(({returning}) => returning?.to ?? [])
  const isEmpty = to !== undefined && to.payload === undefined
  const release: Release = {id: to?.release ?? 'unknown', commit: to?.commit ?? '', digests: to?.digests ?? {}}
  const shown = {
    action: 'rollback' as const,
    release,
    progression: first?.progression ?? '',
    environment: first?.environment ?? '',
    production: request.targets.some(({production}) => production),
    targets: planned.map(({plan}) => plan),
    steps: isEmpty
      ? ['scale what was created to zero, for nothing was there before', 'wait until no pod of it serves']
      : [
          `re-apply what was recorded of ${release.id}, with a second set of pods beside the bad one`,
          'wait until no bad pod serves, and until every workload is available',
          'put the rollout strategies back',
        ],
    refusals: planned.flatMap(({refusals}) => refusals),
  }
  return {
    plan: {...shown, digest: digestOf(shown), remarks: planned.flatMap(({remarks}) => remarks)},
    returning: planned.flatMap(({returning}) => returning ?? []),
  }
}

async function planTarget(connections: Connections, target: ResolvedTarget, to: string | undefined, signal: AbortSignal): Promise<PlannedTarget> {
  const site = await visit(connections, target, signal)
  const {context} = target.cluster
  const place = {target: target.target, context, server: '', namespace: target.namespace, user: '', revision: 0, changes: [], notDryRun: []}
  if (!site.ok) return {plan: place, refusals: [site.error.message], remarks: []}
  const base = {...place, server: site.value.connection.requests.asker.server, user: site.value.user}
  const stored = await new StateStore(site.value.connection, target).read(signal)
  if (!stored.ok) return {plan: base, refusals: [stored.error.message], remarks: []}
  if (stored.value === undefined) return {plan: base, refusals: [`Nothing was promoted to ${titleOf(target)} yet: there is nothing to roll back.`], remarks: []}
  const {state} = stored.value
  const chosen = chooseRevision(state, to)
  if (typeof chosen === 'string') return {plan: base, refusals: [chosen], remarks: []}
  const serving = revisionOf(state, state.serving)
  const from = serving && {revision: serving.revision, release: serving.release}
  const compared = await compare(site.value, chosen, leaving(state), signal)
  const plan: TargetPlan = {...base, from, revision: nextRevision(state), ...(compared.ok ? compared.value : {})}
  const remarks = [
    ...(compared.ok ? [] : [`What would change cannot be shown: ${compared.error.message}`]),
    ...(chosen.secrets.length === 0 ? [] : [`Secrets stay as they are: ${chosen.secrets.join(', ')}.`]),
  ]
  return {plan, refusals: [], remarks, returning: {site: site.value, stored: stored.value, to: chosen}}
}

type Compared = Pick<TargetPlan, 'changes' | 'notDryRun' | 'rollbackSeconds'>

async function compare(site: Site, to: Revision, left: Revision | undefined, signal: AbortSignal): Promise<Result<Compared>> {
  const records = new Records(site.connection, site.target)
  const load = (revision: Revision | undefined) => (revision?.payload === undefined ? succeeded(nothing) : records.load(revision.payload, signal))
  const [wanted, current] = await Promise.all([load(to), load(left)])
  if (!wanted.ok) return wanted
  const {objects} = wanted.value
  const ids = new Set(objects.map(identify))
  const created = current.ok ? current.value.objects.filter(object => !ids.has(identify(object))) : []
  const {kinds} = await discover(site, [...objects, ...created], signal)
  const scalers = await site.connection.objects.list(resources.autoscalers, site.target.namespace, {}, signal)
  const scaled = autoscaled([...objects, ...(scalers.ok ? scalers.value.items : [])])
  const notDryRun: {object: string; why: string}[] = []
  const changes = await inParallel(objects, parallel, async (object): Promise<Change> => {
    const twin = await findTwin(site, kinds, object, signal)
    const live = twin.ok ? twin.value : undefined
    const sent = live !== undefined && isAutoscaled(object, scaled) ? withReplicas(object, replicasOf(live)) : withEnoughReplicas(object, live, scaled)
    const resource = kinds.get(kindOf(object))
    const tried = resource === undefined ? undefined : await apply(site.connection, resource, sent, {dryRun: true, force: true}, signal)
    if (tried?.ok) return changeOf(live, tried.value)
    notDryRun.push({object: nameOf(object), why: tried?.error.message ?? `the cluster no longer serves ${kindOf(object)}`})
    return {kind: object.kind, name: object.metadata.name, namespace: object.metadata.namespace, action: live === undefined ? 'create' : 'change'}
  })
  const toZero = created.filter(object => scaledToZero(object) !== undefined)
  const gone = toZero.map(({kind, metadata}): Change => ({kind, name: metadata.name, namespace: metadata.namespace, action: 'scaleToZero'}))
  const seconds = slowestRollback(objects, new Map(), 'full')?.seconds
  return succeeded({changes: [...changes, ...gone], notDryRun, rollbackSeconds: seconds})
}
