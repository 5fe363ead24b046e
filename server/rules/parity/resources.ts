import {field, isJson} from '../manifests.ts'
import {defineComparison} from './comparison.ts'
import {type Container, ofContainer, podKinds, sameContainers} from './containers.ts'
import {type Aspect, differences} from './difference.ts'
import {normal} from './normal.ts'
import type {Compared} from './objects.ts'
import {quantity} from './quantity.ts'

/** One finding a pair; of containers that both have. */
export const parityResources = defineComparison({
  title: 'Environments give their pods different resources',
  subject: 'resources',
  kinds: new Set([...podKinds, 'PersistentVolumeClaim']),
  compare: (earlier, later) => [
    ...sameContainers(earlier, later).flatMap(([one, other]) => differences(ofPod(earlier, one), ofPod(later, other))),
    ...differences(volumes(earlier), volumes(later)),
  ],
})

function ofPod(object: Compared, container: Container): readonly Aspect[] {
  const limits = json(field(container.json, 'resources', 'limits'))
  // The API server requests as much as the limit where only a limit is written.
  const requests = {...limits, ...json(field(container.json, 'resources', 'requests'))}
  const of = ofContainer(object, container)
  return [
    ...Object.entries(requests).flatMap(([name, value]) => amount(`${container.path}.resources.requests.${name}`, `${name} request${of}`, value)),
    ...Object.entries(limits).flatMap(([name, value]) => amount(`${container.path}.resources.limits.${name}`, `${name} limit${of}`, value)),
  ]
}

/** Storage that is claimed, by a claim itself or by the templates of a StatefulSet. */
function volumes({kind, object}: Compared): readonly Aspect[] {
  if (kind === 'PersistentVolumeClaim') return amount('spec.resources.requests.storage', 'storage', field(object, 'spec', 'resources', 'requests', 'storage'))
  const templates = field(object, 'spec', 'volumeClaimTemplates')
  if (!Array.isArray(templates)) return []
  return templates.flatMap(template => {
    const name = String(field(template, 'metadata', 'name'))
    const path = `spec.volumeClaimTemplates.${name}.spec.resources.requests.storage`
    return amount(path, `storage of ${name}`, field(template, 'spec', 'resources', 'requests', 'storage'))
  })
}

const amount = (path: string, label: string, value: unknown): readonly Aspect[] =>
  value === undefined || value === null ? [] : [{path, label, normal: normal(value), amount: quantity(value)}]

const json = (value: unknown): Readonly<Record<string, unknown>> => (isJson(value) ? value : {})
