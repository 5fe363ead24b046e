import {field, isJson, type Json} from '../manifests.ts'
import {plainName} from './names.ts'
import type {Compared} from './objects.ts'

export type Container = {readonly name: string; readonly json: Json; readonly isInit: boolean; readonly path: string}

/** Where a kind has the template of its pods. */
const templates: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Rollout: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
}

export const podKinds: ReadonlySet<string> = new Set(Object.keys(templates))

/** What pods of an object are labelled with. */
export const podLabels = ({kind, object}: Compared): unknown => field(object, ...(templates[kind] ?? []), 'metadata', 'labels')

/** The containers of an object's pods by name, init containers first. */
export function containers({kind, object, words}: Compared): readonly Container[] {
  const template = templates[kind]
  if (!template) return []
  return ['initContainers', 'containers'].flatMap(list => {
    const written = field(object, ...template, 'spec', list)
    if (!Array.isArray(written)) return []
    return written.filter(isJson).map((json): Container => {
      const name = plainName(typeof json.name === 'string' ? json.name : '', words)
      return {name, json, isInit: list === 'initContainers', path: [...template, 'spec', list, name].join('.')}
    })
  })
}

/** The containers that two objects both have. Those of one side are told by parity/workload-only-in-one. */
export function sameContainers(earlier: Compared, later: Compared): readonly (readonly [Container, Container])[] {
  const [some, others] = [containers(earlier), containers(later)]
  return some.flatMap(one => {
    const other = others.find(({name, isInit}) => name === one.name && isInit === one.isInit)
    return other ? [[one, other] as const] : []
  })
}

/** ` of main` where a pod has more than one container, else nothing: there is no other it could be. */
export const ofContainer = (object: Compared, {name}: Container): string => (containers(object).length > 1 ? ` of ${name}` : '')
