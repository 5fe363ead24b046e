import type {ManifestSource} from '../../model/manifests.ts'
import {type Environment, isProduction, type Progression, type Target} from '../../model/progression.ts'
import {defineRule, type Report} from '../rule.ts'
import {inWords} from '../words.ts'

/** Two promotions at once: of two environments over the same objects, or of every place of a production. */
export const concurrent = defineRule({
  title: 'Promotions run at the same time',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    sameObjects(progression, report)
    for (const environment of progression.environments.items) allAtOnce(environment, report)
  },
})

/** Each environment has a lock of its own, so nothing keeps two of them from writing the same objects. */
function sameObjects({environments}: Progression, report: Report): void {
  const taken = new Map<string, Place[]>()
  for (const environment of environments.items) {
    for (const target of environment.targets.items) {
      const {cluster, namespace, manifests} = target
      if (cluster.state !== 'known' || namespace.state !== 'known' || manifests.state !== 'known') continue
      const key = `${cluster.value} ${namespace.value}`
      const there = taken.get(key) ?? []
      taken.set(key, there)
      // Most have a place for themselves, so what they are made of is compared only where they have not.
      const before = there.find(other => isSame(other.target, target))
      if (!before) {
        there.push({environment, target})
        continue
      }
      const [one, other] = [before.environment, environment]
      const where = `namespace ${namespace.value} of ${cluster.value}`
      const message =
        one === other
          ? `${before.target.name} and ${target.name} of ${one.name} are the same objects in ${where}: they are promoted one over the other. Give each a place of its own.`
          : `${one.name} and ${other.name} are the same objects in ${where}: promotions to both can run at the same time, and each writes over the other. Give each a namespace of its own.`
      report(target.at, message, {related: [{at: before.target.at, message: `${one === other ? before.target.name : one.name} is there too.`}]})
    }
  }
}

type Place = {readonly environment: Environment; readonly target: Target}

const isSame = (one: Target, other: Target): boolean => objectsOf(one) === objectsOf(other)

const objectsOf = ({manifests}: Target): string => (manifests.state === 'known' ? manifests.value.map(sourceKey).toSorted().join('\n') : '')

const sourceKey = (source: ManifestSource): string =>
  JSON.stringify(source.kind === 'helm' ? ['helm', source.chart, source.values, source.release] : [source.kind, source.folder])

/** A wave is there so that one place shows what the others are spared. */
function allAtOnce(environment: Environment, report: Report): void {
  const {targets, waves, name} = environment
  if (!isProduction(environment) || targets.items.length < 2 || targets.open.length > 0 || waves.state !== 'known') return
  const {parallel} = waves.value
  if (parallel.state !== 'known' || parallel.value < targets.items.length) return
  const wave = new Set(targets.items.map(target => (target.wave.state === 'absent' ? 1 : target.wave.state === 'known' ? target.wave.value : undefined)))
  if (wave.size !== 1 || wave.has(undefined)) return
  report(
    parallel.at,
    `${inWords(
      targets.items.map(target => target.name),
      4,
    )} of ${name} get a release at the same moment, so no place can warn the others. Give one of them an earlier wave.`,
    {level: 'hint', related: targets.items.slice(0, 6).map(target => ({at: target.at, message: `${target.name} is in the same wave.`}))},
  )
}
