import {absent, known, unknown} from '../model/fact.ts'
import type {Place} from '../model/place.ts'
import type {Piece, Script, ScriptPass, ScriptRequest, ScriptRevision, ScriptRollback, ScriptThresholds} from '../model/script.ts'
import type {K6Reading} from './k6/read.ts'
import {isAlwaysKept} from './k6/thresholds.ts'
import type {ShellReading} from './shell/read.ts'
import type {RequestEvent, RollbackEvent} from './shell/recorder.ts'
import {originOf, textOf, type Value} from './shell/value.ts'
import type {Span} from './span.ts'

/** Where a stretch of a script stands, and its words. */
export type Located = {piece(span: Span): Piece; text(span: Span): string}

/** What a script does, without what it is called. */
export type Deeds = Pick<Script, 'requests' | 'isOpen' | 'rollbacks' | 'judges' | 'passes' | 'notices' | 'k6'>

export const noDeeds: Deeds = {requests: [], isOpen: true, rollbacks: [], judges: [], passes: [], notices: false}

const pieces = (value: Value): readonly (string | undefined)[] => value.map(piece => (typeof piece === 'string' ? piece : undefined))

/** What was read of a shell script, with places. */
export function shellDeeds(reading: ShellReading, located: Located): Deeds {
  return {
    requests: reading.requests.flatMap(event => requestsOf(event, located)),
    isOpen: reading.isLost,
    rollbacks: reading.rollbacks.map(event => rollbackOf(event, located)),
    judges: reading.judges.map(({call, at}) => ({...call, canFail: call.canFail, ...located.piece(at)})),
    passes: reading.passes.map(({scenario, swallow}): ScriptPass => {
      if (!swallow) return {scenario}
      const piece = (span: Span) => ({...located.piece(span), text: located.text(span)})
      return {scenario, reason: {kind: swallow.kind, failure: piece(swallow.at), by: piece(swallow.by)}}
    }),
    notices: reading.notices,
  }
}

function requestsOf({call, at, pending, sleeps}: RequestEvent, located: Located): readonly ScriptRequest[] {
  const [deployment] = pending
  const hasty = deployment && {deployment: located.piece(deployment), sleeps: sleeps.length > 0}
  const {tool, method, isLimited, judgesStatus} = call
  return (call.urls.length > 0 ? call.urls : [[{}]]).map(url => ({tool, method, isLimited, judgesStatus, url: pieces(url), hasty, ...located.piece(at)}))
}

function rollbackOf({call, at, deployments}: RollbackEvent, located: Located): ScriptRollback {
  const {tool, kind, name, namespace, context, revision, revisionAt} = call
  const read = revision && revisionOf(revision, deployments)
  return {
    tool,
    kind,
    name: textOf(name) || undefined,
    namespace: namespace && textOf(namespace),
    context: context && textOf(context),
    revision: read && {...read, ...located.piece(revisionAt ?? at)},
    ...located.piece(at),
  }
}

function revisionOf(value: Value, deployments: number): ScriptRevision | undefined {
  const text = textOf(value)
  if (text !== undefined) return /^\d+$/.test(text) ? {kind: 'number', number: Number(text)} : undefined
  const origin = originOf(value)
  if (origin?.kind === 'history-lines') return {kind: 'lines', tool: origin.tool, minus: origin.minus}
  // Asked before the script deployed anything, it is the one to go back to.
  return origin?.kind === 'latest-revision' && origin.deployments === deployments ? {kind: 'current'} : undefined
}

/** What was read of a k6 script, with places. `at` is where the script is named. */
export function k6Deeds({thresholds, checks, requests, isOpen, mayAbort}: K6Reading, located: Located, at: Place): Deeds {
  const fact = (): ScriptThresholds['thresholds'] => {
    if (thresholds.state === 'unknown') return unknown('its options come from somewhere else', at)
    if (thresholds.state === 'absent') return absent(thresholds.at ? located.piece(thresholds.at).at : at)
    if (thresholds.isOpen) return unknown('some of its thresholds are computed', at)
    const items = thresholds.items.map(one => ({
      ...located.piece(one.at),
      metric: one.metric,
      expression: one.expression,
      isKept: one.expression !== undefined && isAlwaysKept(one.expression),
    }))
    return known(items, located.piece(thresholds.at).at)
  }
  return {
    ...noDeeds,
    isOpen,
    requests: requests.map(({method, url, at: span}) => ({tool: 'k6', method, url, isLimited: true, ...located.piece(span)})),
    k6: {thresholds: fact(), checks: checks.map(span => located.piece(span)), mayAbort},
  }
}

/** Several scripts that run together, of which each may fail the whole. */
export function together(parts: readonly Deeds[]): Deeds {
  const [first = noDeeds, ...others] = parts
  return {
    requests: parts.flatMap(({requests}) => requests),
    isOpen: parts.some(({isOpen}) => isOpen),
    rollbacks: parts.flatMap(({rollbacks}) => rollbacks),
    judges: parts.flatMap(({judges}) => judges),
    passes: first.passes.filter(({scenario}) => others.every(({passes}) => passes.some(pass => pass.scenario === scenario))),
    notices: parts.some(({notices}) => notices),
    k6: parts.length === 1 ? first.k6 : undefined,
  }
}
