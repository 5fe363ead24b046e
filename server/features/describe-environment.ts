import {formatDuration} from '../model/duration.ts'
import {knownValue} from '../model/fact.ts'
import {type Environment, isProduction, type Progression} from '../model/progression.ts'
import {code, escaped} from './markdown.ts'

/** An environment in a few lines of Markdown: tier and place in the order, neighbours, where it runs, what it goes through. Unknown things are not mentioned. */
export function describeEnvironment(progression: Progression, environment: Environment): string {
  const lines = [heading(progression, environment), order(progression, environment), ...targets(environment), ...steps(environment), rollback(environment)]
  return lines.filter(line => line !== undefined).join('\n\n')
}

function heading(progression: Progression, environment: Environment): string {
  const {items, open} = progression.environments
  const tier = isProduction(environment) ? 'production' : knownValue(environment.tier)
  const index = items.indexOf(environment)
  const place = index >= 0 && open.length === 0 ? `environment ${index + 1} of ${items.length}` : 'environment'
  return `**${escaped(environment.name)}** · ${place}${tier ? ` · ${tier}` : ''}`
}

function order({transitions}: Progression, {name}: Environment): string | undefined {
  const before = transitions.items.filter(({to}) => to === name).map(({from}) => (typeof from === 'string' ? code(from) : `a ${from.trigger}`))
  const after = transitions.items.filter(({from}) => from === name).map(({to}) => code(to))
  const known = transitions.open.length === 0
  const parts = [
    before.length > 0 ? `comes after ${words(before)}` : known ? 'is where a release starts' : undefined,
    after.length > 0 ? `comes before ${words(after)}` : known ? 'is where it ends' : undefined,
  ].filter(part => part !== undefined)
  return parts.length > 0 ? `${capital(parts.join(' and '))}.` : undefined
}

function targets({name, targets}: Environment): string[] {
  const rows = targets.items.flatMap(target => {
    const cluster = knownValue(target.cluster)
    const namespace = knownValue(target.namespace)
    const wave = targets.items.length > 1 ? knownValue(target.wave) : undefined
    const where = [cluster && `cluster ${code(cluster)}`, namespace && `namespace ${code(namespace)}`, wave !== undefined && `wave ${wave}`].filter(Boolean)
    if (where.length === 0) return []
    return [target.name === name ? `Runs in ${where.join(', ')}.` : `- ${code(target.name)}: ${where.join(', ')}`]
  })
  return rows.length > 0 ? [rows.join('\n')] : []
}

function steps({steps}: Environment): string[] {
  if (steps.items.length === 0) return []
  const named = steps.items.map(({kind, detail}) => (detail ? `${kind} (${escaped(detail)})` : kind))
  return [`Steps: ${named.join(' → ')}${steps.open.length > 0 ? ' → …' : ''}`]
}

function rollback({rollback}: Environment): string | undefined {
  if (rollback.state === 'absent') return 'Nothing rolls it back by itself.'
  const value = knownValue(rollback)
  if (!value) return undefined
  const within = knownValue(value.within)
  return `Rolled back by itself${within === undefined ? '' : ` within ${formatDuration(within)}`}.`
}

const words = (names: readonly string[]): string => (names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`)

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
