import {argumentsOf, type Word} from '../model/command.ts'
import type {Place} from '../model/place.ts'
import type {Environment, Progression} from '../model/progression.ts'
import type {Step, StepKind} from '../model/step.ts'

/** A command without a shell, as far as its words say what it does. */
export type Call = {
  readonly environment: Environment
  readonly step: Step
  /** The name of the program without its folder: `trivy`. */
  readonly program: string
  /** Everything behind the program. */
  readonly words: readonly Word[]
  readonly at: Place
}

/** Programs that only start another one. */
const wrappers: ReadonlySet<string> = new Set(['npx', 'bunx', 'env', 'nice', 'time', 'sudo'])

const callsOfEnvironment = new WeakMap<Environment, readonly Call[]>()

/** Every command of some steps, each where it stands; what a shell reads is not among them. */
export const callsOf = ({environments}: Progression, kinds: readonly StepKind[]): readonly Call[] =>
  environments.items.flatMap(environment => calls(environment).filter(({step}) => kinds.includes(step.kind)))

/** Read once an environment, since many rules ask. */
function calls(environment: Environment): readonly Call[] {
  const known = callsOfEnvironment.get(environment)
  if (known) return known
  const found = environment.steps.items.flatMap((step): Call[] => {
    const words = step.command.state === 'known' ? argumentsOf(step.command.value) : undefined
    const [first, ...rest] = words ? unwrapped(words) : []
    return first ? [{environment, step, program: baseName(first.text), words: rest, at: first.at}] : []
  })
  callsOfEnvironment.set(environment, found)
  return found
}

function unwrapped(words: readonly Word[]): readonly Word[] {
  const [first, ...rest] = words
  if (!first || !wrappers.has(baseName(first.text))) return words
  const start = rest.findIndex(({text}) => !text.startsWith('-') && !/^\w+=/.test(text))
  return start < 0 ? words : unwrapped(rest.slice(start))
}

const baseName = (path: string): string => path.split('/').at(-1) ?? path

/** The first word that is one of these options, alone or with its value behind `=`. */
export const option = ({words}: Call, ...names: readonly string[]): Word | undefined =>
  words.find(({text}) => names.some(name => text === name || text.startsWith(`${name}=`)))

/** The value of an option, whether it stands behind `=` or in the next word; undefined where the option is not there. */
export function valueBehind(call: Call, ...names: readonly string[]): string | undefined {
  const found = option(call, ...names)
  if (!found) return undefined
  const equals = found.text.indexOf('=')
  return equals >= 0 ? found.text.slice(equals + 1) : call.words[call.words.indexOf(found) + 1]?.text
}

/** Whether the words that are no options begin with these. */
export function isCalled({words}: Call, ...names: readonly string[]): boolean {
  const plain = words.filter(({text}) => !text.startsWith('-')).map(({text}) => text)
  return names.every((name, index) => plain[index] === name)
}
