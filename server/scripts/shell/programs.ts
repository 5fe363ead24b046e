import type {Command, Outcome} from './command.ts'
import {queryJson} from './json-query.ts'
import {concatenate, from, given, hasText, literal, originOf, textOf, unclear, type Value, withoutBreaks} from './value.ts'

type Program = (command: Command, input: Value | undefined) => Outcome

const fine: Outcome = {verdict: true, output: []}
const talks: Outcome = {verdict: true, output: unclear}

/** Hands its input on; what it does beside that does not matter here. */
const through: Program = ({arguments: all, name}, input) => ({verdict: true, output: name === 'cat' && all.length > 0 ? unclear : (input ?? unclear)})

/** Changes its input, but nothing into something. */
const changing: Program = (_, input) => ({verdict: true, output: input && input.length === 0 ? [] : unclear})

/**
 * What the programs that scripts are made of do, as far as it matters for whether a script fails. Preparing is taken to go well:
 * a script that fails because a tool is not installed judges no release.
 */
export const programs: Readonly<Record<string, Program>> = {
  ':': () => fine,
  true: () => fine,
  false: () => ({verdict: false, output: []}),
  echo({arguments: all}) {
    const flag = all.findIndex(value => !/^-[neE]+$/.test(textOf(value) ?? ''))
    const words = flag < 0 ? [] : all.slice(flag)
    const isBare = all.slice(0, flag < 0 ? all.length : flag).some(value => textOf(value)?.includes('n'))
    const spaced = words.flatMap((value, index) => (index === 0 ? [value] : [literal(' '), value]))
    return {verdict: true, output: concatenate([...spaced, literal(isBare ? '' : '\n')])}
  },
  printf({arguments: [format = [], ...values]}) {
    const text = textOf(format)
    if (text === undefined) return talks
    const plain = text.replace(/\\n/g, '\n').replace(/\\t/g, '\t')
    if (!plain.includes('%')) return {verdict: true, output: literal(plain)}
    const pieces = plain.split('%s')
    if (pieces.some(piece => piece.includes('%')) || values.length !== pieces.length - 1) return talks
    return {verdict: true, output: concatenate(pieces.flatMap((piece, index) => [literal(piece), values[index] ?? []]))}
  },
  cat: through,
  tee: through,
  tac: through,
  sort: through,
  uniq: through,
  xargs: (_, input) => ({verdict: undefined, output: input && input.length === 0 ? [] : unclear}),
  sed: changing,
  cut: changing,
  tr: changing,
  column: changing,
  base64: changing,
  head: changing,
  tail: latestOf,
  awk: latestOf,
  wc({arguments: all}, input) {
    const origin = input && originOf(input)
    const isLines = all.length === 1 && textOf(all[0] ?? []) === '-l'
    if (origin?.kind === 'history' && isLines) return {verdict: true, output: from({kind: 'history-lines', tool: origin.tool, minus: 0})}
    const text = input && textOf(input)
    return {verdict: true, output: text !== undefined && isLines ? literal(`${text.split('\n').length - 1}\n`) : unclear}
  },
  grep: (_, input) => (input && input.length === 0 ? {verdict: false, output: []} : {verdict: undefined, output: unclear}),
  jq: ({arguments: all}, input) => queryJson(all, input),
  bc(_, input) {
    const text = input && textOf(input)
    return {verdict: true, output: text === undefined ? unclear : literal(calculated(text))}
  },
  basename: () => talks,
  dirname: () => talks,
  date: () => talks,
  hostname: () => talks,
  pwd: () => talks,
  whoami: () => talks,
  seq: () => talks,
  // Without a name it waits for everything and ends well.
  wait: ({arguments: all}) => ({verdict: all.length === 0 ? true : undefined, output: []}),
  mktemp: () => ({verdict: true, output: given}),
}

for (const name of 'cd pushd popd mkdir rm rmdir cp mv touch chmod chown ln sleep export unset alias umask ulimit shopt sync clear tput'.split(' '))
  Object.assign(programs, {[name]: () => fine})

/** The last line of what lists revisions is the one that serves now; kubectl ends its list with an empty line. */
function latestOf({name, arguments: all}: Command, input: Value | undefined): Outcome {
  if (input && input.length === 0) return {verdict: true, output: []}
  const origin = input && originOf(input)
  const words = all.map(textOf)
  const count = name === 'tail' ? Number(/^-(?:n\s*)?(\d+)$/.exec(words.join(' '))?.[1] ?? Number.NaN) : Number.NaN
  if (origin?.kind === 'history' && count === (origin.tool === 'kubectl' ? 2 : 1))
    return {verdict: true, output: from({kind: 'latest-revision', tool: origin.tool, deployments: 0})}
  if (origin?.kind === 'latest-revision' && name === 'awk' && /^\s*\{\s*print \$1;?\s*\}\s*$/.test(words.at(-1) ?? ''))
    return {verdict: true, output: input ?? unclear}
  return {verdict: name === 'awk' && words.some(word => word === undefined || word.includes('exit')) ? undefined : true, output: unclear}
}

/** What bc prints for a comparison: a name stands for 0, and what it cannot read makes it print nothing. */
export function calculated(text: string): string {
  const [, left, sign, right] = /^\s*(-?[\w.]*)\s*(<=|>=|==|!=|<|>)\s*(-?[\w.]+)\s*;?\s*$/.exec(text) ?? []
  if (!sign) return ''
  const [a, b] = [left ?? '', right ?? ''].map(operand =>
    /^-?(\d+\.?\d*|\.\d+)$/.test(operand) ? Number(operand) : /^[a-z][a-z0-9_]*$/.test(operand) ? 0 : Number.NaN,
  )
  if (a === undefined || b === undefined || Number.isNaN(a) || Number.isNaN(b)) return ''
  const holds = {'<': a < b, '>': a > b, '<=': a <= b, '>=': a >= b, '==': a === b, '!=': a !== b}[sign]
  return holds ? '1\n' : '0\n'
}

/** Programs that get something ready, by the words they begin with. */
const preparations: readonly RegExp[] = [
  /^(command|type|which|hash) (-v )?/,
  /^(npm|pnpm|yarn) (ci|install|i)\b/,
  /^(pip3?|apt|apt-get|apk|yum|dnf|brew|gem) /,
  /^git (clone|fetch|checkout|pull|config)\b/,
  /^docker (login|pull)\b/,
  /^aws (eks update-kubeconfig|sts|configure)\b/,
  /^gcloud (container clusters get-credentials|auth|config)\b/,
  /^az (aks get-credentials|login|account)\b/,
  /^doctl kubernetes cluster kubeconfig\b/,
]

/** How a command ends that is not followed any closer: preparing goes well, and of everything else nothing is known. */
export function unfamiliar({name, arguments: all}: Command): Outcome {
  const words = [name, ...all.map(value => textOf(value) ?? '…')].join(' ')
  return {verdict: preparations.some(pattern => pattern.test(words)) ? true : undefined, output: unclear}
}

export const isPreparation = (command: Command): boolean => unfamiliar(command).verdict === true

export const readsNothing = (input: Value | undefined): boolean => input !== undefined && hasText(withoutBreaks(input)) === false
