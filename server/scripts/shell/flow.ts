import {join, type State} from './state.ts'
import {literal, type Value} from './value.ts'

/** The states in which something ends with status 0, and with another one; undefined where it cannot. */
export type Ends = {readonly good?: State; readonly bad?: State}

/** Every way on from a statement. */
export type Flow = {
  readonly on: Ends
  readonly exits: Ends
  readonly returns: Ends
  readonly breaks?: State
  readonly continues?: State
}

export const noEnds: Ends = {}
export const nowhere: Flow = {on: noEnds, exits: noEnds, returns: noEnds}

const zero = literal('0')
const failure: Value = [{isFailure: true}]

export const good = (state: State): Flow => ({...nowhere, on: {good: {...state, status: zero}}})
export const bad = (state: State, status: Value = failure): Flow => ({...nowhere, on: {bad: {...state, status}}})
export const open = (state: State): Flow => ({...nowhere, on: {good: {...state, status: zero}, bad: {...state, status: failure}}})

/** True and false as a condition would have it, undefined for either. */
export const judged = (state: State, verdict: boolean | undefined): Flow => (verdict === undefined ? open(state) : verdict ? good(state) : bad(state))

export const joinEnds = (one: Ends, other: Ends): Ends => ({good: join(one.good, other.good), bad: join(one.bad, other.bad)})

export const joinFlows = (one: Flow, other: Flow): Flow => ({
  on: joinEnds(one.on, other.on),
  exits: joinEnds(one.exits, other.exits),
  returns: joinEnds(one.returns, other.returns),
  breaks: join(one.breaks, other.breaks),
  continues: join(one.continues, other.continues),
})

export const joinAllFlows = (flows: readonly Flow[]): Flow => flows.reduce(joinFlows, nowhere)

/** All ways on from one flow with another where it went on. */
export const andThen = (before: Flow, on: Flow): Flow => joinFlows({...before, on: noEnds}, on)

/** The state after something, whatever its status. */
export const after = ({good, bad}: Ends): State | undefined => join(good, bad)

/** Whether it ends well, badly or never: with a shell of its own, `exit` and `return` end just that. */
export const ended = ({on, exits, returns}: Flow): Ends => joinEnds(joinEnds(on, exits), returns)

/** Ends as the ways on after a shell of its own: what it changed is gone, what it printed is not. */
export function outside(ends: Ends, state: State): Ends {
  const back = (end: State | undefined): State | undefined =>
    end && {...state, status: end.status, output: end.output, pending: end.pending, sleeps: end.sleeps, deployments: end.deployments}
  return {good: back(ends.good), bad: back(ends.bad)}
}
