import type {KubernetesObject} from '../model/manifests.ts'
import {saltedHashOf} from './canonical.ts'
import {annotations} from './names.ts'
import {configurationOf, type PodTemplate, podTemplateOf, withPodTemplate} from './pod-template.ts'
import {contentOf} from './secrets.ts'

/**
 * Puts the hash of the configuration that pods read into their template, so that a change of a ConfigMap or Secret rolls them, forward and
 * back. Counted is what is rendered along with them; what somebody else keeps in the namespace is not ours to follow.
 */
export function stampConfiguration(objects: readonly KubernetesObject[], salt: string): readonly KubernetesObject[] {
  const configuration = new Map(
    objects.filter(({kind}) => kind === 'ConfigMap' || kind === 'Secret').map(object => [`${object.kind}/${object.metadata.name}`, object]),
  )
  return objects.map(object => {
    const template = podTemplateOf(object)
    const hash = template === undefined ? undefined : configurationHash(template, configuration, salt)
    return hash === undefined ? object : withPodTemplate(object, given => annotate(given, annotations.configuration, hash))
  })
}

function configurationHash(template: PodTemplate, configuration: ReadonlyMap<string, KubernetesObject>, salt: string): string | undefined {
  const used = configurationOf(template).flatMap(({kind, name}) => {
    const object = configuration.get(`${kind}/${name}`)
    return object === undefined ? [] : [{kind, name, content: contentOf(object)}]
  })
  return used.length === 0 ? undefined : saltedHashOf(used, salt).slice(0, 16)
}

function annotate(template: PodTemplate, name: string, value: string): PodTemplate {
  return {...template, metadata: {...template.metadata, annotations: {...template.metadata?.annotations, [name]: value}}}
}
