import type {Command, Outcome} from './command.ts'
import {testOfWords} from './convert-tests.ts'
import {withOutput} from './expand.ts'
import {bad, type Flow, good, joinEnds, judged, noEnds, nowhere, open} from './flow.ts'
import {judgeBinary, judgeUnary} from './judge.ts'
import {clusterCallOf} from './kubernetes.ts'
import {isPreparation, programs, unfamiliar} from './programs.ts'
import {loadRequest, outcomeOf, requestOf} from './requests.ts'
import type {Run} from './run.ts'
import {judgeCallOf} from './scanners.ts'
import type {State} from './state.ts'
import {withVariable} from './state.ts'
import {hasText, literal, originOf, textOf, unclear, type Value} from './value.ts'

export type Context = {
  /** `set -e` does not hold here: somebody asks for the status. */
  readonly exempt: boolean
  /** What a pipe or `<` brings, as far as it is followed. */
  readonly input: Value | undefined
  readonly depth: number
}

/** Runs a command: what the shell does itself, a function of the script, or a program. */
export function callOf(run: Run, command: Command, state: State, context: Context): Flow {
  const inner = wrapped(command)
  if (inner) return callOf(run, inner, state, context)
  const own = builtin(command, state, run)
  if (own) return own
  const body = state.functions.get(command.name)
  if (body && !state.isForeign) {
    const flow = run.statement(body, {...state, arguments: command.arguments}, {...context, depth: context.depth + 1})
    const on = joinEnds(flow.on, flow.returns)
    const back = (end: State | undefined): State | undefined => end && {...end, arguments: state.arguments}
    return {...flow, returns: noEnds, on: {good: back(on.good), bad: back(on.bad)}}
  }
  return program(run, command, state, context)
}

/** The command behind `timeout 30`, `time`, `sudo`, `env A=b` and the like. */
function wrapped(command: Command): Command | undefined {
  const {name, arguments: all, places} = command
  const behind = (index: number, isLimited = command.isLimited): Command | undefined => {
    const next = all[index]
    return next && {...command, name: (textOf(next) ?? '').replace(/^.*\//, ''), arguments: all.slice(index + 1), places: places.slice(index + 1), isLimited}
  }
  const word = (index: number): string => textOf(all[index] ?? []) ?? ''
  const first = (skip: RegExp): number => {
    let index = 0
    while (index < all.length && skip.test(word(index))) index++
    return index
  }
  if (name === 'time' || name === 'nohup' || name === 'sudo' || name === 'nice' || name === 'builtin') return behind(first(/^-/))
  if (name === 'env') return behind(first(/^-|^\w+=/))
  if (name === 'command') return /^-[vV]/.test(word(0)) ? undefined : behind(0)
  if (name === 'timeout') return behind(first(/^-|^\d/), true)
  return undefined
}

/** What the shell itself does with a command, or undefined where it is none of its own. */
function builtin(command: Command, state: State, run: Run): Flow | undefined {
  const {name, arguments: all} = command
  const words = all.map(textOf)
  const status = all[0]
  switch (name) {
    case 'exit':
      return {...nowhere, exits: statusOf(status, state)}
    case 'return':
      return {...nowhere, returns: statusOf(status, state)}
    case 'break':
      return {...nowhere, breaks: {...state, status: literal('0')}}
    case 'continue':
      return {...nowhere, continues: {...state, status: literal('0')}}
    case 'set':
      return good(
        words.includes('--') || (words.length > 0 && !/^[-+]/.test(words[0] ?? ''))
          ? {...switched(words, state), arguments: undefined}
          : switched(words, state),
      )
    case 'shift': {
      const count = words.length === 0 ? 1 : Number(words[0] ?? Number.NaN)
      return good({...state, arguments: Number.isInteger(count) ? state.arguments?.slice(count) : undefined})
    }
    case 'trap':
      return good(trapped(words, run.exiting) ? {...state, isTrapped: true} : state)
    case 'eval':
    case 'source':
    case '.':
      return {...open({...state, isForeign: true, errexit: undefined, pipefail: undefined, pending: []}), exits: {bad: state}}
    case 'exec':
      return all.length === 0 ? good(state) : {...nowhere, exits: {good: state, bad: {...state, isTrapped: true}}}
    case 'read':
    case 'mapfile':
    case 'readarray':
    case 'let':
      return open(
        words.reduce<State>((changed, word) => (word && /^\w+/.test(word) ? withVariable(changed, /^\w+/.exec(word)?.[0] ?? '', unclear) : changed), state),
      )
    case 'unset':
      return good(words.reduce<State>((changed, word) => (word ? withVariable(changed, word, []) : changed), state))
    case 'test':
    case '[': {
      const read = testOfWords(name === '[' ? all.slice(0, -1) : all, textOf)
      if (!read || command.isOpen) return open(state)
      const [left = [], right = []] = read.operands
      const verdict =
        read.operands.length === 2 ? judgeBinary(read.operator ?? '', left, right) : read.operator ? judgeUnary(read.operator, left) : hasText(left)
      return judged(state, verdict === undefined ? undefined : verdict !== read.negated)
    }
    default:
      return undefined
  }
}

/** Whether a trap may end the script with a status of its own. */
function trapped([code, ...signals]: readonly (string | undefined)[], exiting: ReadonlySet<string>): boolean {
  if (!signals.some(signal => signal === undefined || /^(EXIT|ERR|0)$/.test(signal))) return false
  return code === undefined || !/^[\w\s./$"'-]*$/.test(code) || code.split(/\s+/).some(word => word === 'exit' || exiting.has(word))
}

/** How `exit N` ends: without a number, as the command before. */
function statusOf(value: Value | undefined, state: State) {
  const status = value ?? state.status
  const text = textOf(status)
  const failed = {bad: {...state, status}}
  if (text !== undefined) return text === '0' || text === '' ? {good: {...state, status}} : failed
  return status.some(piece => typeof piece === 'object' && piece.isFailure) ? failed : {good: {...state, status}, bad: {...state, status}}
}

/** `set -euo pipefail`. */
function switched(words: readonly (string | undefined)[], state: State): State {
  let {errexit, pipefail} = state
  for (const [index, word] of words.entries()) {
    if (word === undefined) return {...state, errexit: undefined, pipefail: undefined}
    const [, sign, letters = ''] = /^([-+])([a-zA-Z]+)$/.exec(word) ?? []
    if (!sign) {
      if (word === '--') break
      continue
    }
    if (letters.includes('e')) errexit = sign === '-'
    if (!letters.includes('o')) continue
    const option = words[index + 1]
    if (option === 'errexit') errexit = sign === '-'
    if (option === 'pipefail') pipefail = sign === '-'
  }
  return {...state, errexit, pipefail}
}

function program(run: Run, command: Command, state: State, context: Context): Flow {
  const {recorder, scenario} = run
  const request = requestOf(command)
  if (request) {
    recorder.request({call: request, at: command, pending: state.pending, sleeps: state.sleeps})
    return finished(scenario === 'anything' ? {verdict: undefined} : outcomeOf(request, scenario), state)
  }
  const judge = judgeCallOf(command, run.configured)
  if (judge) {
    recorder.judge({call: judge, at: command})
    if (judge.urls && judge.urls.length > 0)
      recorder.request({call: loadRequest(judge.tool, judge.urls), at: command, pending: state.pending, sleeps: state.sleeps})
    // A load test sends requests, and what it hits may be the old pods as well.
    const isAsked = (judge.kind === 'scan' && scenario === 'findings') || (judge.kind === 'load' && scenario === 'slow')
    return finished({verdict: isAsked ? (judge.canFail === undefined ? undefined : !judge.canFail) : undefined}, {...state, pending: []})
  }
  const cluster = clusterCallOf(command)
  if (cluster) {
    if (cluster.rollback) recorder.rollback({call: cluster.rollback, at: command, deployments: state.deployments})
    const {output} = cluster.outcome
    const origin = output && originOf(output)
    const outcome = origin?.kind === 'latest-revision' ? {...cluster.outcome, output: [{origin: {...origin, deployments: state.deployments}}]} : cluster.outcome
    const changed: State =
      cluster.does === 'deploy'
        ? {...state, pending: [...state.pending, {start: command.start, end: command.end}], sleeps: [], deployments: state.deployments + 1}
        : cluster.does === 'wait'
          ? {...state, pending: []}
          : state
    return finished(outcome, changed)
  }
  const known = Object.hasOwn(programs, command.name) ? programs[command.name] : undefined
  if (command.name === 'sleep') return good({...state, sleeps: [...state.sleeps, {start: command.start, end: command.end}]})
  if (known) {
    const outcome = known(command, context.input)
    const origin = outcome.output && originOf(outcome.output)
    const output = origin?.kind === 'latest-revision' ? [{origin: {...origin, deployments: state.deployments}}] : outcome.output
    return finished({...outcome, output}, state)
  }
  // It may as well wait for the rollout.
  return finished(unfamiliar(command), isPreparation(command) ? state : {...state, pending: []})
}

function finished({verdict, output, status}: Outcome, state: State): Flow {
  const printing = withOutput(state, output)
  if (verdict === true) return good(printing)
  if (verdict === false) return bad(printing, status)
  return open(printing)
}
