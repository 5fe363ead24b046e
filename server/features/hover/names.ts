import {knownValue} from '../../model/fact.ts'
import type {Environment, Progression} from '../../model/progression.ts'
import type {RuleWords} from '../feature.ts'
import {code, escaped} from '../markdown.ts'

/** A cluster: how it is found and recognised, and what lives in it. */
export function describeCluster(name: string, {clusters, environments}: Progression): string {
  const cluster = clusters.items.find(one => one.name === name)
  const title = `**${escaped(name)}** · cluster`
  const here = environments.items.flatMap(environment =>
    environment.targets.items.flatMap(target => {
      if (knownValue(target.cluster) !== name) return []
      const namespace = knownValue(target.namespace)
      const label = target.name === environment.name ? environment.name : `${environment.name}/${target.name}`
      return [`${code(label)}${namespace ? ` in namespace ${code(namespace)}` : ''}`]
    }),
  )
  if (!cluster) return [title, clusters.open.length > 0 ? '' : 'Nothing lists it under `clusters`.'].filter(Boolean).join('\n\n')
  const uid = knownValue(cluster.uid)
  return [
    title,
    `Found through the kubeconfig context ${code(knownValue(cluster.context) ?? name)}.`,
    uid ? `Recognised by its uid ${code(uid)}.` : cluster.uid.state === 'absent' ? 'It has no uid, so production may not live in it.' : '',
    here.length > 0 ? `Home of ${here.join(', ')}.` : '',
  ]
    .filter(Boolean)
    .join('\n\n')
}

/** A feature flag: where it is on. */
export function describeFlag(name: string, {environments}: Progression): string {
  const states = environments.items.flatMap((environment): readonly string[] => {
    const flag = knownValue(environment.flags)?.values.get(name)
    const value = flag && knownValue(flag.value)
    return value === undefined || value === null
      ? []
      : [`- ${code(environment.name)}: ${value === true ? 'on' : value === false ? 'off' : code(String(value))}`]
  })
  return [`**${escaped(name)}** · feature flag`, states.join('\n')].filter(Boolean).join('\n\n')
}

/** A lane: what it passes and what it leaves out. */
export function describeLane(name: string, {lanes, environments}: Progression): string {
  const lane = lanes.items.find(one => one.name === name)
  const through = lane?.through.items.map(({environment}) => environment) ?? []
  const skipped = environments.items.map(({name: environment}) => environment).filter(environment => !through.includes(environment))
  return [
    `**${escaped(name)}** · lane`,
    through.length > 0 ? `Passes ${through.map(code).join(' → ')}.` : '',
    through.length > 0 && skipped.length > 0 && environments.open.length === 0 ? `Leaves out ${skipped.map(code).join(', ')}.` : '',
  ]
    .filter(Boolean)
    .join('\n\n')
}

/** A target: where it is, and when its turn comes. */
export function describeTarget(name: string, environment: Environment): string | undefined {
  const target = environment.targets.items.find(one => one.name === name)
  if (!target) return undefined
  const [cluster, namespace, wave] = [knownValue(target.cluster), knownValue(target.namespace), knownValue(target.wave)]
  const where = [cluster && `cluster ${code(cluster)}`, namespace && `namespace ${code(namespace)}`].filter(Boolean).join(', ')
  return [`**${escaped(name)}** · target of ${escaped(environment.name)}`, where && `Runs in ${where}.`, `Its turn comes in wave ${wave ?? 1}.`]
    .filter(Boolean)
    .join('\n\n')
}

/** A rule by its code, with its page. */
export const describeRule = (code_: string, {title, level, page}: RuleWords): string =>
  `**${escaped(code_)}** · rule\n\n${escaped(title)}. ${level === 'off' ? 'Off by default.' : `By default: ${level}.`}\n\n[Documentation](${page})`
