import {after, type Ends, type Flow, joinAllFlows, joinEnds, joinFlows, noEnds, nowhere} from './flow.ts'
import type {Run} from './run.ts'
import type {Context} from './run-command.ts'
import {join, type State, sameState, withVariable} from './state.ts'
import type {Statement} from './syntax.ts'
import {literal, unclear} from './value.ts'

type Loop = Extract<Statement, {kind: 'while' | 'for' | 'count'}>

/** More rounds than this bring nothing new: what differs between two rounds is not known from then on. */
const rounds = 8

/** A loop, gone around until another round brings nothing new. */
export function loop(run: Run, statement: Loop, state: State, context: Context): Flow {
  const {head, isEmpty} = begin(run, statement, state, context)
  let entry: State = head
  let leaves: Flow = nowhere
  let ends: Ends = noEnds
  for (let round = 0; round < rounds; round++) {
    const asked = ask(run, statement, entry, context)
    const body = asked.on.good ? run.statements(statement.body, asked.on.good, context) : nowhere
    leaves = joinFlows(leaves, {...asked, on: noEnds})
    leaves = joinFlows(leaves, {...body, on: noEnds, breaks: undefined, continues: undefined})
    ends = joinEnds(ends, endsOf(statement, asked, body, isEmpty || round > 0, isEmpty && round === 0))
    const next = join(entry, join(after(body.on), body.continues))
    if (!next || sameState(next, entry)) break
    entry = next
  }
  return joinFlows(leaves, {...nowhere, on: ends})
}

/** The state before the first round, and whether there may be no round at all. */
function begin(run: Run, statement: Loop, state: State, context: Context): {readonly head: State; readonly isEmpty: boolean} {
  if (statement.kind !== 'for') return {head: state, isEmpty: true}
  const expander = run.expander(state, context)
  const fields = (statement.words ?? []).flatMap(word => expander.fields(word))
  const isEmpty = statement.words === undefined || fields.length === 0
  const [only] = fields
  const value = fields.length === 1 && only && !only.isOpen ? only.value : unclear
  return {head: withVariable(expander.state, statement.name, value), isEmpty}
}

/** Whether there is another round: `on.good` goes into the body. */
function ask(run: Run, statement: Loop, state: State, context: Context): Flow {
  if (statement.kind !== 'while') return {...nowhere, on: {good: state}}
  const asked = run.statements(statement.condition, state, {...context, exempt: true})
  return statement.until ? {...asked, on: {good: asked.on.bad, bad: asked.on.good}} : asked
}

/** How a loop ends after this round: as its last command did, or well where it went around not once. */
function endsOf(statement: Loop, asked: Flow, body: Flow, mayEnd: boolean, mayBeEmpty: boolean): Ends {
  const broken: Ends = {good: body.breaks && {...body.breaks, status: literal('0')}}
  const left = statement.kind === 'while' ? asked.on.bad : undefined
  const turned: Ends =
    statement.kind === 'while'
      ? mayEnd && left
        ? {good: {...left, status: literal('0')}}
        : noEnds
      : joinEnds(joinEnds(body.on, {good: body.continues}), mayBeEmpty ? {good: asked.on.good} : noEnds)
  return joinAllFlows([
    {...nowhere, on: broken},
    {...nowhere, on: turned},
  ]).on
}
