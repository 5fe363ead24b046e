import type {KubernetesObject} from '../model/manifests.ts'
import type {ResolvedTarget} from '../model/promotion.ts'
import {hashOf} from './canonical.ts'
import {stampConfiguration} from './configuration.ts'
import {annotations} from './names.ts'
import {identify, inOrder, nameOf} from './order.ts'
import {foldStringData, isSecret, recordOf} from './secrets.ts'

export type Normalised = {
  /** What is applied, in that order, each with the target's namespace where its kind has one. */
  readonly objects: readonly KubernetesObject[]
  /** Namespaces and custom resource definitions: there before a promotion, untouched by it. */
  readonly prerequisites: readonly KubernetesObject[]
  readonly refusals: readonly string[]
  readonly remarks: readonly string[]
}

const isPrerequisite = ({kind}: KubernetesObject): boolean => kind === 'Namespace' || kind === 'CustomResourceDefinition'

const helmHook = 'helm.sh/hook'
const isHelmTest = ({metadata}: KubernetesObject): boolean =>
  metadata?.annotations?.[helmHook]?.split(',').every(event => event.trim().startsWith('test')) === true

/** Rendered objects as one target gets them. `isNamespaced` answers by the cluster's discovery. */
export function normalise(rendered: readonly KubernetesObject[], namespace: string, isNamespaced: (object: KubernetesObject) => boolean): Normalised {
  const objects: KubernetesObject[] = []
  const prerequisites: KubernetesObject[] = []
  const refusals: string[] = []
  const remarks: string[] = []
  for (const object of rendered.flatMap(unfold)) {
    const problem = unfit(object)
    if (isHelmTest(object)) remarks.push(`${nameOf(object)} is a Helm test and is left out.`)
    else if (problem !== undefined) refusals.push(problem)
    else if (isPrerequisite(object)) prerequisites.push(tidy(object))
    else if (!isNamespaced(object)) objects.push(foldStringData(tidy(object)))
    else if ((object.metadata.namespace ?? namespace) === namespace) objects.push(foldStringData(tidy(object, namespace)))
    else refusals.push(`${nameOf(object)} is rendered into namespace ${object.metadata.namespace}, and the target's is ${namespace}.`)
  }
  return {objects: inOrder(objects), prerequisites, refusals: [...refusals, ...twice(objects)], remarks}
}

/** A `List` is what it holds. */
const unfold = (object: KubernetesObject): readonly KubernetesObject[] =>
  object.kind === 'List' && Array.isArray(object.items) ? (object.items as readonly KubernetesObject[]).flatMap(unfold) : [object]

/** Why an object cannot be promoted by applying it, or undefined. */
function unfit(object: KubernetesObject): string | undefined {
  if (typeof object.kind !== 'string' || typeof object.apiVersion !== 'string') return 'An object without apiVersion or kind was rendered.'
  if (typeof object.metadata?.name !== 'string')
    return `A ${object.kind} without metadata.name was rendered; generateName makes a new one each time and cannot be rolled back.`
  const {[helmHook]: hook, 'argocd.argoproj.io/hook': argo} = object.metadata.annotations ?? {}
  if (hook !== undefined) return `${nameOf(object)} is a Helm hook (${hook}). Make it a step: migrate or smoke.`
  if (argo !== undefined) return `${nameOf(object)} is an Argo CD hook (${argo}). Make it a step: migrate or smoke.`
  if (object.kind === 'Job')
    return `${nameOf(object)} runs once and cannot be applied again or rolled back. Make it a step: migrate: {job: …} or smoke: {job: …}.`
  if (object.kind === 'Pod') return `${nameOf(object)} is a bare pod, which cannot be changed in place. Make it a Deployment, or a step.`
  return undefined
}

/** Without what only an API server writes, and without nulls, which renderings are full of. */
function tidy(object: KubernetesObject, namespace?: string): KubernetesObject {
  const {status: _, ...rest} = object
  const {creationTimestamp: _created, namespace: _namespace, ...metadata} = object.metadata
  return {...rest, metadata: namespace === undefined ? metadata : {...metadata, namespace}} as KubernetesObject
}

function twice(objects: readonly KubernetesObject[]): readonly string[] {
  const seen = new Set<string>()
  const doubled = objects.filter(object => seen.size === seen.add(identify(object)).size)
  return doubled.map(object => `${nameOf(object)} is rendered twice.`)
}

/**
 * What makes hashes of secrets differ from place to place. It is no secret itself: it only keeps one list of hashed guesses from fitting
 * everywhere.
 */
export const saltOf = ({progression, environment, target, namespace}: ResolvedTarget, clusterUid: string): string =>
  [progression, environment, target, namespace, clusterUid].join('/')

/** Hash over what is to run, whichever release it is called: two releases that render the same here are the same here. */
export const contentHash = (objects: readonly KubernetesObject[], salt: string): string =>
  hashOf(objects.map(object => (isSecret(object) ? recordOf(object, salt) : object)))

/** Objects ready to send: configuration hashed into pod templates, each marked with its release and environment. */
export function stamp(objects: readonly KubernetesObject[], target: ResolvedTarget, release: string, salt: string): readonly KubernetesObject[] {
  const marks = {[annotations.release]: release, [annotations.environment]: `${target.progression}/${target.environment}`}
  return stampConfiguration(objects, salt).map(object => ({...object, metadata: {...object.metadata, annotations: {...object.metadata.annotations, ...marks}}}))
}
