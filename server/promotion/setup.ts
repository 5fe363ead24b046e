import {apply, conflictsInWords} from '../cluster/apply.ts'
import type {Connections} from '../cluster/connection.ts'
import {type Result, succeeded} from '../cluster/errors.ts'
import {conditionOf} from '../cluster/pod.ts'
import {waitFor} from '../cluster/request.ts'
import {resources} from '../cluster/resource.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import type {RenderedTarget} from '../model/promotion.ts'
import type {Say} from './insist.ts'
import {nameOf} from './order.ts'
import {type Site, visit} from './site.ts'

/** How long a new definition may take until its kind is served, milliseconds. */
const definitionDeadline = 30_000

/** Creates what promotions take for granted: namespaces, and the custom resource definitions among the rendered objects. Nothing is ever removed. */
export async function setUp(connections: Connections, {target, objects}: RenderedTarget, say: Say, signal: AbortSignal): Promise<Result<number>> {
  const site = await visit(connections, target, signal)
  if (!site.ok) return site
  const rendered = objects.filter(({kind}) => kind === 'Namespace')
  const names = [...new Set([target.namespace, target.stateNamespace, ...rendered.map(({metadata}) => metadata.name)])]
  let made = 0
  for (const name of names) {
    const done = await setNamespace(
      site.value,
      rendered.find(({metadata}) => metadata.name === name),
      name,
      say,
      signal,
    )
    if (!done.ok) return done
    made += done.value
  }
  for (const definition of objects.filter(({kind}) => kind === 'CustomResourceDefinition')) {
    const done = await setDefinition(site.value, definition, say, signal)
    if (!done.ok) return done
    made += done.value
  }
  return succeeded(made)
}

async function setNamespace({connection}: Site, rendered: KubernetesObject | undefined, name: string, say: Say, signal: AbortSignal): Promise<Result<number>> {
  const there = await connection.objects.find(resources.namespaces, undefined, name, signal)
  if (!there.ok) return there
  if (there.value !== undefined && rendered === undefined) return succeeded(0)
  const object = rendered ?? {apiVersion: 'v1', kind: 'Namespace', metadata: {name}}
  const answer = await apply(connection, resources.namespaces, object, {}, signal)
  if (!answer.ok) return explain(answer, object)
  if (there.value?.metadata.resourceVersion === answer.value.metadata.resourceVersion) return succeeded(0)
  say(`${there.value === undefined ? 'Created' : 'Changed'} namespace ${name}`)
  return succeeded(1)
}

async function setDefinition({connection}: Site, definition: KubernetesObject, say: Say, signal: AbortSignal): Promise<Result<number>> {
  const {name} = definition.metadata
  const there = await connection.objects.find(resources.definitions, undefined, name, signal)
  if (!there.ok) return there
  const {status: _, ...object} = definition
  const answer = await apply(connection, resources.definitions, object as KubernetesObject, {}, signal)
  if (!answer.ok) return explain(answer, definition)
  const began = performance.now()
  for (let now = answer.value; conditionOf(now, 'Established')?.status !== 'True'; ) {
    if (signal.aborted || performance.now() - began > definitionDeadline) break
    await waitFor(200, signal)
    const again = await connection.objects.get(resources.definitions, undefined, name, signal)
    if (!again.ok) return again
    now = again.value
  }
  if (there.value?.metadata.generation === answer.value.metadata.generation) return succeeded(0)
  say(`${there.value === undefined ? 'Created' : 'Changed'} definition ${name}`)
  return succeeded(1)
}

function explain<T>(answer: Extract<Result<T>, {ok: false}>, object: KubernetesObject): Extract<Result<T>, {ok: false}> {
  const conflicts = conflictsInWords(answer.error)
  if (conflicts === undefined) return answer
  return {ok: false, error: {...answer.error, message: `${nameOf(object)}: ${conflicts.join(', ')}. Setup does not take it over.`}}
}
