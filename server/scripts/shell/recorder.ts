import {covers, type Span} from '../span.ts'
import type {RollbackCall} from './kubernetes.ts'
import type {RequestCall} from './requests.ts'
import type {JudgeCall} from './scanners.ts'
import {shared} from './state.ts'

export type RequestEvent = {
  readonly call: RequestCall
  readonly at: Span /** Deployments that nothing waited for. */
  readonly pending: readonly Span[]
  readonly sleeps: readonly Span[]
}
export type RollbackEvent = {readonly call: RollbackCall; readonly at: Span; readonly deployments: number}
export type JudgeEvent = {readonly call: JudgeCall; readonly at: Span}

/** A failure that does not get further, and what keeps it back. */
export type Swallow = {
  readonly kind: 'or' | 'goes-on' | 'pipe' | 'masked' | 'condition' | 'background'
  /** What failed. */
  readonly at: Span
  /** What took the failure: `|| true`, the next command, the end of a pipe. */
  readonly by: Span
}

/** More steps than any script takes that anybody can follow. */
const mostSteps = 3_000

/** What a run of a script met, once for each place. Goes along with one run. */
export class Recorder {
  readonly requests = new Map<number, RequestEvent>()
  readonly rollbacks = new Map<number, RollbackEvent>()
  readonly judges = new Map<number, JudgeEvent>()
  readonly #swallows: Swallow[] = []
  #left = mostSteps

  /** Counts a step; false once there were more than any script takes that is not lost. */
  step(): boolean {
    return --this.#left > 0
  }

  get isLost(): boolean {
    return this.#left <= 0
  }

  request(event: RequestEvent): void {
    const before = this.requests.get(event.at.start)
    // On another way round nothing may have been waiting.
    this.requests.set(event.at.start, before ? {...event, pending: shared(event.pending, before.pending)} : event)
  }

  rollback(event: RollbackEvent): void {
    this.rollbacks.set(event.at.start, event)
  }

  judge(event: JudgeEvent): void {
    this.judges.set(event.at.start, event)
  }

  swallow(swallow: Swallow): void {
    if (
      this.#swallows.length < 200 &&
      !this.#swallows.some(one => one.kind === swallow.kind && one.at.start === swallow.at.start && one.by.start === swallow.by.start)
    )
      this.#swallows.push(swallow)
  }

  /** Why a failure of one of some commands is not seen, or else of any. */
  swallowOf(commands: readonly Span[]): Swallow | undefined {
    return this.#swallows.find(({at}) => commands.some(command => covers(at, command))) ?? this.#swallows.at(-1)
  }
}
