import {type Resource, resources, subjectOf} from '../cluster/resource.ts'
import {inWords, resourceName, type Subject, type Verb} from '../cluster/subject.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import type {ResolvedTarget} from '../model/promotion.ts'
import {type Kinds, kindOf} from './site.ts'

const followed: Readonly<Record<string, Resource>> = {Deployment: resources.deployments, StatefulSet: resources.statefulSets, DaemonSet: resources.daemonSets}

/** What a promotion to this target will ask of the cluster, as access reviews put it. */
export function rightsNeeded(target: ResolvedTarget, objects: readonly KubernetesObject[], kinds: Kinds): readonly Subject[] {
  const {namespace, stateNamespace, smoke} = target
  const may = (verbs: readonly Verb[], resource: Resource, where: string | undefined, subresource?: string): readonly Subject[] =>
    verbs.map(verb => subjectOf(verb, resource, where, undefined, subresource))
  const applied = objects.flatMap(object => {
    const resource = kinds.get(kindOf(object))
    return resource === undefined ? [] : may(['get', 'create', 'patch'], resource, namespace)
  })
  const workloads = objects.flatMap(({kind}) => followed[kind] ?? [])
  return [
    ...applied,
    ...may(['get', 'create', 'update'], resources.configMaps, stateNamespace),
    ...workloads.flatMap(resource => may(['list', 'watch'], resource, namespace)),
    ...(workloads.length > 0 ? may(['list', 'watch'], resources.pods, namespace) : []),
    ...(workloads.includes(resources.deployments) ? may(['list', 'watch'], resources.replicaSets, namespace) : []),
    // A StatefulSet whose new pods never get ready is stuck until they are deleted.
    ...(workloads.includes(resources.statefulSets) ? may(['delete'], resources.pods, namespace) : []),
    ...(smoke.some(({kind}) => kind === 'http')
      ? [...may(['get'], resources.services, namespace), ...may(['create'], resources.pods, namespace, 'portforward')]
      : []),
    ...(smoke.some(({kind}) => kind === 'job') ? may(['get', 'create', 'delete'], resources.jobs, namespace) : []),
  ]
}

/** One sentence for what a user may not do, rights of one resource together. */
export function missingRights(missing: readonly Subject[], user: string, context: string): readonly string[] {
  const groups = new Map<string, Subject[]>()
  for (const subject of missing) {
    const key = `${resourceName(subject)} ${subject.namespace ?? ''}`
    groups.set(key, [...(groups.get(key) ?? []), subject])
  }
  return [...groups.values()].map(subjects => {
    const [first] = subjects
    const verbs = subjects.map(({verb}) => verb).join(', ')
    const what = first === undefined ? '' : inWords(first).replace(/^\w+ /, '')
    return `${user} may not ${verbs} ${what} (context ${context}). Ask for ${verbs} on ${first === undefined ? '' : resourceName(first)}.`
  })
}
