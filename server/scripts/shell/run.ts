import type {Span} from '../span.ts'
import type {Command} from './command.ts'
import {Expander, type Field} from './expand.ts'
import {after, andThen, type Ends, ended, type Flow, good, joinAllFlows, joinEnds, joinFlows, judged, noEnds, nowhere, open, outside} from './flow.ts'
import {judgeTest, matches} from './judge.ts'
import type {Recorder} from './recorder.ts'
import {type Context, callOf} from './run-command.ts'
import {loop} from './run-loops.ts'
import type {Scenario} from './scenario.ts'
import {join, type State, withList, withVariable} from './state.ts'
import type {Assignment, Program, Statement} from './syntax.ts'
import {literal, textOf, unclear} from './value.ts'
import {exitingFunctions} from './walk.ts'

/**
 * Follows a script without running it: every statement gives the states in which it may end with status 0 and with another one.
 * What is not known may do either, so that what is said of a script holds whatever happens.
 */
export class Run {
  readonly scenario: Scenario
  readonly recorder: Recorder
  /** Scanners that a file of their own tells when to fail. */
  readonly configured: ReadonlySet<string>

  constructor(scenario: Scenario, recorder: Recorder, configured: ReadonlySet<string> = new Set()) {
    this.scenario = scenario
    this.recorder = recorder
    this.configured = configured
  }

  /** Functions in which the script may end. */
  exiting: ReadonlySet<string> = new Set()

  /** How the whole script ends; undefined where it cannot be followed. */
  program({statements}: Program, state: State): Ends | undefined {
    this.exiting = exitingFunctions(statements)
    const ends = ended(this.statements(statements, state, {exempt: false, input: undefined, depth: 0}))
    const isTrapped = ends.good?.isTrapped || ends.bad?.isTrapped
    return this.recorder.isLost || isTrapped ? undefined : ends
  }

  statements(list: readonly Statement[], state: State, context: Context): Flow {
    let flow: Flow = {...nowhere, on: {good: state}}
    for (const [index, statement] of list.entries()) {
      const current = after(flow.on)
      if (!current) break
      const before = list[index - 1]
      if (flow.on.bad && before) this.recorder.swallow({kind: 'goes-on', at: before, by: statement})
      flow = andThen(flow, this.statement(statement, current, context))
    }
    return flow
  }

  statement(statement: Statement, state: State, context: Context): Flow {
    if (!this.recorder.step() || context.depth > 30) return open({...state, isTrapped: true})
    switch (statement.kind) {
      case 'simple':
        return settle(this.#simple(statement, state, context), context)
      case 'declaration':
        return settle(this.#declaration(statement, state, context), context)
      case 'redirected':
        return this.#redirected(statement, state, context)
      case 'pipeline':
        return settle(this.#pipeline(statement, state, context), context)
      case 'list':
        return this.#list(statement, state, context)
      case 'not': {
        const flow = this.statement(statement.body, state, {...context, exempt: true})
        const {good: held, bad: failed} = flow.on
        return {...flow, on: {good: failed && {...failed, status: literal('0')}, bad: held && {...held, status: literal('1')}}}
      }
      case 'group':
        return this.statements(statement.body, state, context)
      case 'subshell': {
        const ends = this.#apart(statement.body, state, context)
        return settle({...nowhere, on: outside(ends, state)}, context)
      }
      case 'background': {
        const ends = this.#apart([statement.body], state, {...context, exempt: true})
        if (ends.bad) this.recorder.swallow({kind: 'background', at: statement.body, by: statement.body})
        return good(state)
      }
      case 'if':
        return this.#if(statement, state, context)
      case 'while':
      case 'for':
      case 'count':
        return loop(this, statement, state, context)
      case 'case':
        return this.#case(statement, state, context)
      case 'function':
        return good({...state, functions: new Map(state.functions).set(statement.name, statement.body)})
      case 'test': {
        const expander = this.expander(state, context)
        const verdict = judgeTest(statement.expression, word => expander.value(word))
        return settle(judged(expander.state, verdict), context)
      }
      case 'arithmetic': {
        const expander = this.expander(state, context)
        const changed = this.#changedBy(statement, expander)
        if (changed) return settle(open(changed), context)
        const {value, isWrong} = expander.arithmetic(statement.expression)
        const text = textOf(value)
        return settle(judged(expander.state, isWrong ? false : text === undefined ? undefined : text !== '0'), context)
      }
      default:
        return open({...state, isForeign: true, pending: []})
    }
  }

  expander(state: State, context: Context): Expander {
    return new Expander(state, (body, inner) => this.#apart(body, inner, {...context, input: undefined}))
  }

  /** In a shell of its own. Bash turns errexit off in a substitution, and other shells do not. */
  #apart(body: readonly Statement[], state: State, context: Context): Ends {
    return ended(this.statements(body, state, {...context, depth: context.depth + 1}))
  }

  #simple(statement: Extract<Statement, {kind: 'simple'}>, state: State, context: Context): Flow {
    const expander = this.expander(state, context)
    const fields: {field: Field; at: Span}[] = []
    for (const word of statement.words) for (const field of expander.fields(word)) fields.push({field, at: word})
    const [name, ...others] = fields
    if (!name) {
      for (const one of statement.assignments) this.#assign(one, expander)
      const {last} = expander
      // An assignment ends as its last substitution did.
      return {
        ...nowhere,
        on: last
          ? {good: last.good && {...expander.state, status: literal('0')}, bad: last.bad && {...expander.state, status: last.bad.status}}
          : {good: {...expander.state, status: literal('0')}},
      }
    }
    for (const one of statement.assignments) expander.value(one.value)
    const command: Command = {
      name: (textOf(name.field.value) ?? '').replace(/^.*\//, ''),
      arguments: others.map(({field}) => field.value),
      places: others.map(({at}) => at),
      isOpen: fields.some(({field}) => field.isOpen),
      isLimited: false,
      start: statement.start,
      end: statement.end,
    }
    return callOf(this, command, expander.state, context)
  }

  #declaration(statement: Extract<Statement, {kind: 'declaration'}>, state: State, context: Context): Flow {
    const expander = this.expander(state, context)
    for (const one of statement.assignments) {
      this.#assign(one, expander)
      if (expander.last?.bad) this.recorder.swallow({kind: 'masked', at: one, by: statement})
    }
    return good(expander.state)
  }

  #assign({name, value, values, appended}: Assignment, expander: Expander): void {
    if (values) {
      const list = values.flatMap(word => expander.fields(word))
      const before = appended ? (expander.state.lists.get(name) ?? []) : []
      expander.state = list.some(({isOpen}) => isOpen)
        ? withVariable(expander.state, name, unclear)
        : withList(expander.state, name, [...before, ...list.map(one => one.value)])
      return
    }
    const expanded = expander.value(value)
    expander.state = withVariable(expander.state, name, appended ? unclear : expanded)
  }

  /** `(( n++ ))`: the variable is another one, and nothing else is known. */
  #changedBy({expression}: Extract<Statement, {kind: 'arithmetic'}>, expander: Expander): State | undefined {
    const text = expression.parts.map(part => (part.kind === 'text' ? part.text : '1')).join('')
    const [, before, behind] = /^\s*(?:([A-Za-z_]\w*)\s*(?:\+\+|--|[-+*/%]?=(?!=))|(?:\+\+|--)\s*([A-Za-z_]\w*))/.exec(text) ?? []
    const name = before ?? behind
    return name === undefined ? undefined : withVariable(expander.state, name, unclear)
  }

  #redirected({body, redirects}: Extract<Statement, {kind: 'redirected'}>, state: State, context: Context): Flow {
    const expander = this.expander(state, context)
    let {input} = context
    let hides = false
    for (const {kind, word} of redirects) {
      const value = word && expander.value(word)
      if (kind === 'text') input = value ?? unclear
      if (kind === 'input') input = unclear
      if (kind === 'file') hides = true
    }
    const flow = this.statement(body, expander.state, {...context, input})
    if (!hides) return flow
    const silent = (end: State | undefined): State | undefined => end && {...end, output: state.output}
    return {...flow, on: {good: silent(flow.on.good), bad: silent(flow.on.bad)}}
  }

  #pipeline({parts}: Extract<Statement, {kind: 'pipeline'}>, state: State, context: Context): Flow {
    let {input} = context
    let anyBad: State | undefined
    let allGood = true
    let last: Ends = noEnds
    let current = state
    for (const [index, part] of parts.entries()) {
      const isLast = index === parts.length - 1
      last = this.#apart([part], {...current, output: isLast ? state.output : []}, {...context, exempt: true, input})
      const end = after(last)
      if (!end) return nowhere
      if (!isLast) {
        if (last.bad && state.pipefail !== true) this.recorder.swallow({kind: 'pipe', at: part, by: parts.at(-1) ?? part})
        anyBad = join(anyBad, last.bad)
        allGood &&= last.good !== undefined
      }
      input = end.output
      current = {...state, pending: end.pending, sleeps: end.sleeps, deployments: end.deployments}
    }
    const ends = outside(last, state)
    if (state.pipefail === false || !anyBad) return {...nowhere, on: ends}
    const failed = after(outside({bad: anyBad}, state))
    const withOutput = failed && {...failed, output: after(ends)?.output ?? failed.output}
    return {...nowhere, on: {good: allGood || state.pipefail === undefined ? ends.good : undefined, bad: join(ends.bad, withOutput)}}
  }

  #list({left, operator, right, operatorAt}: Extract<Statement, {kind: 'list'}>, state: State, context: Context): Flow {
    const first = this.statement(left, state, {...context, exempt: true})
    const [goes, stays] = operator === '&&' ? [first.on.good, first.on.bad] : [first.on.bad, first.on.good]
    const kept: Flow = {...first, on: operator === '&&' ? {bad: stays} : {good: stays}}
    if (!goes) return kept
    const second = this.statement(right, goes, context)
    const isFailing = second.on.bad ?? second.exits.bad ?? second.returns.bad ?? second.breaks ?? second.continues
    if (operator === '||' && !isFailing && (second.on.good ?? second.exits.good ?? second.returns.good))
      this.recorder.swallow({kind: 'or', at: left, by: {start: operatorAt.start, end: right.end}})
    return joinFlows(kept, second)
  }

  #if({branches, otherwise, ...at}: Extract<Statement, {kind: 'if'}>, state: State, context: Context): Flow {
    let flow: Flow = nowhere
    let current: State | undefined = state
    for (const {condition, body} of branches) {
      if (!current) break
      const asked: Flow = this.statements(condition, current, {...context, exempt: true})
      flow = joinFlows(flow, {...asked, on: noEnds})
      if (asked.on.good) flow = joinFlows(flow, this.statements(body, asked.on.good, context))
      current = asked.on.bad
      const [first] = condition
      if (current && first) this.recorder.swallow({kind: 'condition', at: first, by: at})
    }
    if (!current) return flow
    return joinFlows(flow, otherwise ? this.statements(otherwise, current, context) : good(current))
  }

  #case({word, items}: Extract<Statement, {kind: 'case'}>, state: State, context: Context): Flow {
    const expander = this.expander(state, context)
    const text = textOf(expander.value(word))
    const flows: Flow[] = []
    let mayMissAll = true
    let falls: State | undefined
    for (const {patterns, body, fallsThrough} of items) {
      const verdicts = patterns.map(pattern => {
        const value = textOf(expander.value(pattern))
        return value === '*' ? true : text === undefined || value === undefined ? undefined : matches(text, value)
      })
      const entry = mayMissAll && verdicts.some(verdict => verdict !== false) ? expander.state : undefined
      const begin = join(entry, falls)
      const flow = begin && this.statements(body, begin, context)
      falls = fallsThrough && flow ? after(flow.on) : undefined
      if (flow) flows.push(fallsThrough ? {...flow, on: noEnds} : flow)
      if (verdicts.some(verdict => verdict === true)) mayMissAll = false
    }
    if (falls) flows.push(good(falls))
    return joinAllFlows([...flows, ...(mayMissAll ? [good(expander.state)] : [])])
  }
}

/** `set -e`: a command that fails ends the script, where nobody asks for its status. */
function settle(flow: Flow, {exempt}: Context): Flow {
  const {bad: failed} = flow.on
  if (exempt || !failed || failed.errexit === false) return flow
  return {...flow, on: failed.errexit === true ? {good: flow.on.good} : flow.on, exits: joinEnds(flow.exits, {bad: failed})}
}
