import {type Environment, isProduction, type Target} from '../model/progression.ts'
import {arrivals} from '../rules/order/chains.ts'
import {inWords} from '../rules/words.ts'
import {each, type Question, type Seen, type Verdict} from './item.ts'

/** Something comes before every production. */
export const environments: Question = {
  id: 'environments',
  title: 'Environments',
  judge(progression) {
    const {environments, transitions} = progression
    const {items} = environments
    const [open] = [...environments.open, ...transitions.open]
    if (open) return {state: 'unknown', at: open.at, message: 'The environments and their order are not all known.'}
    const into = arrivals(progression)
    const productions = items.filter(isProduction)
    const [first] = productions
    if (!first) return {state: 'missing', at: items.at(-1)?.at ?? progression.at, message: 'No environment is known to be a production.'}
    const bare = productions.find(({name}) => !into.has(name))
    if (bare) return {state: 'missing', at: bare.at, message: `Nothing comes before ${bare.name}.`}
    return {state: 'done', at: first.at, message: `A release passes ${items.map(({name}) => name).join(' → ')}.`}
  },
}

/** Every environment has a namespace, and none shares one with another environment of its cluster. */
export const isolation: Question = {
  id: 'isolation',
  title: 'Namespace isolation',
  judge(progression) {
    const taken = new Map<string, Environment>()
    const shared = (environment: Environment, {cluster, namespace}: Target): Environment | undefined => {
      if (namespace.state !== 'known') return undefined
      const key = `${cluster.state === 'known' ? cluster.value : ''} ${namespace.value}`
      const other = taken.get(key)
      if (!other) taken.set(key, environment)
      return other === environment ? undefined : other
    }
    const seen = (environment: Environment): Seen => {
      const targets = environment.targets.items
      if (targets.map(target => shared(environment, target)).some(other => other !== undefined)) return {state: 'missing', at: environment.at}
      const [open] = [...environment.targets.open, ...targets.map(({namespace}) => namespace).filter(one => one.state === 'unknown')]
      if (open) return {state: 'unknown', at: open.at}
      const without = targets.find(({namespace}) => namespace.state === 'absent')
      return without ? {state: 'missing', at: without.at} : {state: 'done', at: targets[0]?.namespace.at ?? environment.at}
    }
    return each(progression, progression.environments.items, seen, {
      done: 'The namespace is shared with nothing else',
      missing: 'There is no namespace for it alone',
      unknown: 'The namespace is not known',
    })
  },
}

/** Every environment says where its objects come from, by overlays, charts or folders of its own. */
export const configuration: Question = {
  id: 'configuration',
  title: 'Configuration management',
  judge(progression): Verdict {
    const seen = ({targets, at}: Environment): Seen => {
      const [open] = targets.open
      if (open) return {state: 'unknown', at: open.at}
      const facts = targets.items.map(({manifests}) => manifests)
      const absent = facts.find(({state}) => state === 'absent')
      if (absent) return {state: 'missing', at: absent.at}
      const other = facts.find(({state}) => state !== 'known')
      return other ? {state: 'unknown', at: other.at} : {state: 'done', at: facts[0]?.at ?? at}
    }
    const kinds = new Set(
      progression.environments.items.flatMap(({targets}) =>
        targets.items.flatMap(({manifests}) => (manifests.state === 'known' ? manifests.value.map(({kind}) => words[kind]) : [])),
      ),
    )
    return each(progression, progression.environments.items, seen, {
      done: `Objects come from ${inWords([...kinds])}`,
      missing: 'Nothing says where objects come from',
      unknown: 'It is not known where objects come from',
    })
  },
}

const words = {kustomize: 'Kustomize', helm: 'a Helm chart', directory: 'a folder of manifests'} as const
