import {denied} from '../cluster/access.ts'
import {slowestRollback} from '../estimate/rollback-time.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import type {Change, PromotionRequest, RenderedTarget, TargetPlan} from '../model/promotion.ts'
import {type DryRun, dryRun} from './dry-run.ts'
import {imagesOf, parseImage} from './images.ts'
import {inParallel} from './insist.ts'
import {contentHash, stamp} from './normalise.ts'
import {identify, nameOf} from './order.ts'
import {isUnderWay} from './phases.ts'
import {outdated} from './prune.ts'
import {unpinned} from './release.ts'
import {hasReplicas, isAutoscaled, replicasOf, withReplicas} from './replicas.ts'
import {missingRights, rightsNeeded} from './rights.ts'
import type {Site} from './site.ts'
import {type ObjectName, revisionOf, type TargetState} from './state.ts'
import {look, parallel, type Survey} from './survey.ts'
import {count} from './words.ts'

/** One target, looked at and tried: everything a promotion of it works with. */
export type Ready = Survey & {
  /** Stamped, in the order they are applied. */
  readonly stamped: readonly KubernetesObject[]
  readonly content: string
  readonly revision: number
  /** What serves is what would be applied, and it was verified: there is nothing to do but to say so. */
  readonly nothingToDo: boolean
  readonly prune: readonly ObjectName[]
  /** Fields that others own are taken over: the first promotion adopts, later ones need a reason. */
  readonly force: boolean
}

export type Prepared = {
  readonly plan: TargetPlan
  readonly refusals: readonly string[]
  readonly remarks: readonly string[]
  /** Absent where the target could not be looked at. */
  readonly ready?: Ready
}

export async function prepare(site: Site, {target, objects: rendered}: RenderedTarget, request: PromotionRequest, signal: AbortSignal): Promise<Prepared> {
  const {survey, refusals: found, remarks} = await look(site, rendered, signal)
  const {asker} = site.connection.requests
  const base = {target: target.target, context: asker.context, server: asker.server, namespace: target.namespace, user: site.user}
  const configured = target.unsupported.map(what => `${target.environment}: ${what} is configured, and the direct engine cannot do it yet.`)
  if (survey === undefined) return {plan: {...base, revision: 1, changes: [], notDryRun: []}, refusals: [...configured, ...found], remarks}

  const {objects, live, stored, salt} = survey
  const state = stored?.state
  const force = state === undefined || request.reason !== undefined
  const stamped = stamp(objects, target, request.release.id, salt)
  const content = contentHash(objects, salt)
  const [tried, missing, prune] = await Promise.all([
    inParallel(stamped, parallel, object => tryOne(survey, object, force, signal)),
    denied(site.connection, rightsNeeded(target, objects, survey.kinds), signal),
    outdated(survey, signal),
  ])
  const refusals = [...configured, ...found, ...unpinned(imagesOf(objects)), ...foreignImages(objects, request), ...underWay(state, request)]
  refusals.push(...tried.flatMap(({refusal}) => refusal ?? []))
  refusals.push(...(missing.ok ? missingRights(missing.value, site.user, asker.context) : [missing.error.message]))
  if (!prune.ok) refusals.push(prune.error.message)
  const names = prune.ok ? prune.value : []

  const changes = [...tried.map(({change}) => change), ...names.map(({kind, name, namespace}): Change => ({kind, name, namespace, action: 'prune'}))]
  const serving = state && revisionOf(state, state.serving)
  const nothingToDo =
    serving?.verified === true &&
    serving.content === content &&
    (state?.phase === 'verified' || state?.phase === 'rolledBack') &&
    changes.every(({action}) => action === 'unchanged')
  const resumes = state !== undefined && continues(state, request.release.id, content)
  const revision = resumes || (nothingToDo && serving?.release === request.release.id) ? state.serving : nextRevision(state)
  const plan: TargetPlan = {
    ...base,
    from: serving && {revision: serving.revision, release: serving.release},
    revision,
    changes,
    notDryRun: tried.flatMap(({notTried}, index) => (notTried === undefined ? [] : [{object: nameOf(stamped[index] as KubernetesObject), why: notTried}])),
    rollbackSeconds: slowestRollback(objects, liveReplicas(live), 'full')?.seconds,
  }
  const told = [...remarks, ...tried.flatMap(({remark}) => remark ?? []), ...remarksOn(state, resumes, live)]
  return {plan, refusals, remarks: told, ready: {...survey, stamped, content, revision, nothingToDo, prune: names, force}}
}

/** Whether a promotion of this release would go on with what the record says was begun. */
export const continues = (state: TargetState, release: string, content: string): boolean => {
  const serving = revisionOf(state, state.serving)
  const unfinished = state.phase !== 'verified' && state.phase !== 'rolledBack' && state.phase !== 'rollingBack' && state.phase !== 'rollbackFailed'
  return unfinished && serving?.release === release && serving.content === content && !serving.verified
}

/** Numbers only grow, whatever became of the revisions before. */
export const nextRevision = (state: TargetState | undefined): number => Math.max(0, ...(state?.revisions ?? []).map(({revision}) => revision)) + 1

async function tryOne({site, kinds, live, autoscaled}: Survey, object: KubernetesObject, force: boolean, signal: AbortSignal): Promise<DryRun> {
  const twin = live.get(identify(object))
  const sent = twin !== undefined && isAutoscaled(object, autoscaled) ? withReplicas(object, replicasOf(twin)) : object
  return dryRun(site, kinds, sent, twin, force, signal)
}

/** An image that the release does not hold would be a second, unnamed release. */
function foreignImages(objects: readonly KubernetesObject[], {release}: PromotionRequest): readonly string[] {
  const digests = new Set(Object.values(release.digests))
  const foreign = imagesOf(objects).filter(({reference}) => {
    const {digest} = parseImage(reference)
    return digest !== undefined && !digests.has(digest)
  })
  return foreign.map(({reference, object}) => `${object}: image ${reference} is not part of release ${release.id}.`)
}

function underWay(state: TargetState | undefined, {release}: PromotionRequest): readonly string[] {
  if (state === undefined || !isUnderWay(state.phase)) return []
  const serving = revisionOf(state, state.serving)
  if (state.phase === 'rollingBack')
    return [
      `${state.environment}: ${state.by} is rolling back since ${state.since}. Wait for it, or go on with it: \`progression rollback ${state.environment}\`.`,
    ]
  if (serving?.release === release.id) return []
  return [
    `${state.environment}: ${state.by} began to promote ${serving?.release ?? 'another release'} at ${state.since}, and it is ${state.phase}. Promote that release again to go on, or roll back: \`progression rollback ${state.environment}\`.`,
  ]
}

function liveReplicas(live: ReadonlyMap<string, KubernetesObject>): ReadonlyMap<string, number> {
  return new Map([...live.values()].filter(hasReplicas).map(object => [`${object.kind}/${object.metadata.name}`, replicasOf(object)]))
}

function remarksOn(state: TargetState | undefined, resumes: boolean, live: ReadonlyMap<string, KubernetesObject>): readonly string[] {
  if (state === undefined && live.size > 0)
    return [`First promotion here: ${count(live.size, 'live object')} will be recorded as revision 0, adopted, which a rollback goes back to.`]
  if (state === undefined) return ['First promotion here, and nothing is live: a rollback scales what was created to zero.']
  return resumes ? [`Goes on with revision ${state.serving}, which ${state.by} began and left ${state.phase}.`] : []
}
