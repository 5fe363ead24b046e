import {type Node, type Pair, pairOf} from '../../document/node.ts'
import {parseDuration} from '../../model/duration.ts'
import type {Progression} from '../../model/progression.ts'
import {flowOf} from '../flow-text.ts'
import {code, escaped} from '../markdown.ts'

export type GateText = {
  readonly name: string
  /** As it is defined; undefined where nothing defines it. */
  readonly definition: Node | undefined
  /** What differs where it is used. */
  readonly changes: Node | undefined
  readonly progression: Progression | undefined
}

/** A gate in sentences: what passes, how it is measured, what no data means, its query, and who asks it. */
export function describeGate({name, definition, changes, progression}: GateText): string {
  const title = `**${escaped(name)}** · gate`
  if (!definition) return [title, 'Nothing defines it under `gates`.'].join('\n\n')
  const value = (key: string): string | undefined => plain(pairOf(changes, key)?.value) ?? plain(pairOf(definition, key)?.value)
  const node = (key: string): Node | undefined => pairOf(changes, key)?.value ?? pairOf(definition, key)?.value
  const query = value('query')
  const lines = [
    title,
    verdict(value, node('between')),
    measured(value, query),
    noData(value, node('traffic')),
    changes?.kind === 'mapping' && changes.pairs.length > 0 ? `Different here: ${changes.pairs.map(pair => code(pairText(pair))).join(', ')}.` : undefined,
    query === undefined ? undefined : `\`\`\`promql\n${query.trimEnd().replaceAll('```', "'''")}\n\`\`\``,
    progression && users(name, progression),
  ]
  return lines.filter(line => line !== undefined).join('\n\n')
}

type Value = (key: string) => string | undefined

function verdict(value: Value, between: Node | undefined): string | undefined {
  if (value('alerts') === 'none') return 'Passes while no alert fires for the namespace of the environment.'
  const [low, high] = between?.kind === 'sequence' ? between.items.map(plain) : []
  const [min, max] = [low ?? value('min'), high ?? value('max')]
  const limits = [min && `at least ${limit(min)}`, max && `at most ${limit(max)}`].filter(Boolean).join(' and ')
  if (limits === '') return 'It has no limit, so nothing can fail it.'
  const compare = value('compare')
  const subject = compare
    ? `the number of the query, divided by that of the ${compare === 'previous' ? 'release before' : 'last verified release'},`
    : 'the number of the query'
  const several = value('series')
  const series = several === 'all' ? ', in every series of the answer' : several === 'any' ? ', in at least one series of the answer' : ''
  return `Passes while ${subject} is ${limits}${series}.`
}

/** A limit as it is compared: a percentage as a fraction, a duration in seconds. */
function limit(written: string): string {
  const percent = /^(-?\d+(?:\.\d+)?)%$/.exec(written)
  if (percent) return `**${written}** (${Number((Number(percent[1]) / 100).toPrecision(6))})`
  const milliseconds = /[a-z]/.test(written) ? parseDuration(written) : undefined
  return milliseconds === undefined ? `**${escaped(written)}**` : `**${written}** (${milliseconds / 1000} s)`
}

function measured(value: Value, query: string | undefined): string {
  const bad = value('failAfter') ?? '1'
  const good = value('passAfter') ?? '1'
  const count = (number: string, word: string): string => (number === '1' ? `one ${word} measurement` : `${escaped(number)} ${word} measurements in a row`)
  const window = query?.includes('${window}') ? ` Its \`\${window}\` is the age of the release, at most ${value('window') ?? '5m'}.` : ''
  return `Measured every ${value('interval') ?? '30s'}: ${count(bad, 'bad')} ${bad === '1' ? 'fails' : 'fail'} it, ${count(good, 'good')} ${good === '1' ? 'passes' : 'pass'} it.${window}`
}

const verdicts: Readonly<Record<string, string>> = {
  inconclusive: 'it is inconclusive: tried again, then a person decides',
  fail: 'it fails',
  skip: 'it is skipped',
}

function noData(value: Value, traffic: Node | undefined): string {
  const least = plain(pairOf(traffic, 'min')?.value)
  const without = least === undefined ? 'Without data' : `Without data, or with less traffic than ${limit(least)},`
  return `${without} ${verdicts[value('onNoData') ?? 'inconclusive'] ?? 'it is inconclusive'}.`
}

function users(name: string, {environments}: Progression): string | undefined {
  const uses = environments.items.flatMap(environment => {
    const use = environment.gates.items.find(gate => gate.name === name)
    if (!use) return []
    const changed = Object.keys(use.overrides)
    return [`${code(environment.name)}${changed.length > 0 ? ` (its own ${changed.join(', ')})` : ''}`]
  })
  if (uses.length > 0) return `Asked in ${uses.join(', ')}.`
  return environments.open.length === 0 && environments.items.every(({gates}) => gates.open.length === 0) ? 'No environment asks it.' : undefined
}

const plain = (node: Node | undefined): string | undefined =>
  node?.kind === 'scalar' && node.value !== null ? (typeof node.value === 'string' ? node.value : node.source) : undefined

const pairText = ({key, value}: Pair): string => `${key.source}: ${flowOf(value)}`
