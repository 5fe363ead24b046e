import {type Fact, mapFact} from '../../model/fact.ts'
import type {KubernetesObject, Manifest} from '../../model/manifests.ts'
import type {Environment} from '../../model/progression.ts'
import {renderedTargets} from '../manifests.ts'
import {plainName, withoutHash, wordsOf} from './names.ts'

/** An object of an environment, ready to be found again in another one. */
export type Compared = {
  readonly kind: string
  /** As its author wrote it, without the hash of a generator. */
  readonly name: string
  readonly plainName: string
  readonly plainNamespace: string
  readonly object: KubernetesObject
  readonly manifest: Manifest
  /** What the environment adds to names. */
  readonly words: readonly string[]
}

const generatedKinds: ReadonlySet<string> = new Set(['ConfigMap', 'Secret'])

/** The objects of an environment. What several targets have counts once, as the first of them has it. */
export function comparedObjects(environment: Environment): Fact<readonly Compared[]> {
  return mapFact(renderedTargets(environment), targets => {
    const first = new Map<string, Compared>()
    for (const {target, manifests} of targets) {
      const words = wordsOf(environment, target)
      const known = new Set(first.keys())
      for (const manifest of manifests) {
        const one = compared(manifest, words)
        const key = `${one.kind} ${one.plainName}`
        if (!known.has(key)) first.set(`${key}${first.has(key) ? ` ${first.size}` : ''}`, one)
      }
    }
    return [...first.values()].filter(({object}) => !isTest(object))
  })
}

function compared(manifest: Manifest, words: readonly string[]): Compared {
  const {object} = manifest
  const {kind, metadata} = object
  const name = generatedKinds.has(kind) ? withoutHash(metadata.name) : metadata.name
  return {kind, name, plainName: plainName(name, words), plainNamespace: plainName(metadata.namespace ?? '', words), object, manifest, words}
}

/** Pods that only `helm test` runs are no part of what is deployed. */
const isTest = ({metadata}: KubernetesObject): boolean => /(^|,)\s*test(-success|-failure)?\s*(,|$)/.test(metadata.annotations?.['helm.sh/hook'] ?? '')

export type Matched = {
  readonly both: readonly (readonly [Compared, Compared])[]
  readonly onlyEarlier: readonly Compared[]
  readonly onlyLater: readonly Compared[]
}

/** From the surest to the least sure, so that a `test-runner` of a test environment is not taken for a `runner`. */
const keys: readonly ((one: Compared) => string)[] = [
  ({kind, plainNamespace, name}) => `${kind} ${plainNamespace} ${name}`,
  ({kind, name}) => `${kind} ${name}`,
  ({kind, plainNamespace, plainName}) => `${kind} ${plainNamespace} ${plainName}`,
  ({kind, plainName}) => `${kind} ${plainName}`,
]

/** Which objects of two environments are the same one. */
export function match(earlier: readonly Compared[], later: readonly Compared[]): Matched {
  const both: (readonly [Compared, Compared])[] = []
  let [onlyEarlier, onlyLater] = [earlier, later]
  for (const key of keys) {
    const free = new Map(onlyLater.map(one => [key(one), one] as const).toReversed())
    const taken = new Set<Compared>()
    onlyEarlier = onlyEarlier.filter(one => {
      const other = free.get(key(one))
      if (!other || taken.has(other)) return true
      taken.add(other)
      both.push([one, other])
      return false
    })
    onlyLater = onlyLater.filter(one => !taken.has(one))
  }
  return {both, onlyEarlier, onlyLater}
}
