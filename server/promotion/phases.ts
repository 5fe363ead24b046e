import type {Phase} from '../model/promotion.ts'

/** What happens to a target. */
export type PhaseEvent =
  /** A promotion begins, or goes on where another one was left. */
  | 'started'
  /** Every object is applied. */
  | 'applied'
  /** Nothing would change: what serves was verified under another release's name. */
  | 'unchanged'
  /** The rollout has come through. */
  | 'available'
  /** Every smoke test passed. */
  | 'passed'
  /** A step failed, and the environment rolls back. */
  | 'failed'
  /** A step failed, and nobody asked for a rollback. */
  | 'gaveUp'
  /** A step could not be judged: the cluster did not answer. */
  | 'inconclusive'
  /** A person stopped the promotion. */
  | 'stopped'
  /** A person asks for a rollback. */
  | 'rollback'
  /** The revision that was gone back to serves. */
  | 'restored'
  /** It does not, and going on would not help. */
  | 'unrestored'

/**
 * phase → event → phase. What is not here cannot happen. `planned` is before the first write, and the one phase that is never recorded.
 * A stop leaves `rollingOut` and `smoke` as they are: the new release serves, and the message says that nobody waits for it.
 */
export const phases = {
  planned: {started: 'applying', unchanged: 'verified', rollback: 'rollingBack'},
  applying: {
    started: 'applying',
    applied: 'rollingOut',
    failed: 'rollingBack',
    gaveUp: 'mixed',
    inconclusive: 'mixed',
    stopped: 'mixed',
    rollback: 'rollingBack',
  },
  mixed: {started: 'applying', rollback: 'rollingBack'},
  rollingOut: {
    started: 'applying',
    available: 'smoke',
    failed: 'rollingBack',
    gaveUp: 'failed',
    inconclusive: 'blocked',
    stopped: 'rollingOut',
    rollback: 'rollingBack',
  },
  smoke: {started: 'applying', passed: 'verified', failed: 'rollingBack', gaveUp: 'failed', inconclusive: 'blocked', stopped: 'smoke', rollback: 'rollingBack'},
  verified: {started: 'applying', unchanged: 'verified', rollback: 'rollingBack'},
  blocked: {started: 'applying', rollback: 'rollingBack'},
  rollingBack: {restored: 'rolledBack', unrestored: 'rollbackFailed', stopped: 'rollingBack', rollback: 'rollingBack'},
  rolledBack: {started: 'applying', unchanged: 'verified', rollback: 'rollingBack'},
  rollbackFailed: {started: 'applying', rollback: 'rollingBack'},
  failed: {started: 'applying', rollback: 'rollingBack'},
} as const satisfies Record<Phase, Partial<Record<PhaseEvent, Phase>>>

/** The phase after an event, or undefined where that event cannot happen there. */
export const next = (phase: Phase, event: PhaseEvent): Phase | undefined => (phases[phase] as Partial<Record<PhaseEvent, Phase>>)[event]

/** Phases in which somebody is, or was, in the midst of writing or waiting. */
export const isUnderWay = (phase: Phase): boolean => phase === 'applying' || phase === 'rollingOut' || phase === 'smoke' || phase === 'rollingBack'
