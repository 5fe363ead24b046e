import type {Fact} from './fact.ts'
import type {Uri} from './files.ts'
import type {Place} from './place.ts'

/**
 * What can go wrong while a script runs: nothing answers its requests, every answer is a 500, Prometheus answers with a number far
 * too high or too low, a scanner finds something, a load test measures the worst.
 */
export type Scenario = 'refused' | 'broken' | 'high' | 'low' | 'findings' | 'slow'

/** A piece of a script: where it stands, and its line, counted from 1, where that is in a file of its own. */
export type Piece = {readonly at: Place; readonly line?: number}

/** Something that a script asks over HTTP. */
export type ScriptRequest = Piece & {
  readonly tool: string
  /** In capitals; left out where it is not known. */
  readonly method?: string
  /** The address as far as it is known; `undefined` stands for a piece that is not. */
  readonly url: readonly (string | undefined)[]
  /** Whether it fails for a status of 400 and more; left out where that is not known. */
  readonly judgesStatus?: boolean
  /** Whether it gives up after a while; left out where that is not known. */
  readonly isLimited?: boolean
  /** The script changed what runs and did not wait for it; `sleeps` is a pause instead of waiting. */
  readonly hasty?: {readonly deployment: Piece; readonly sleeps: boolean}
}

/** Where a rollback goes. `lines`: the number of lines that a history has, less a number. */
export type ScriptRevision =
  | {readonly kind: 'number'; readonly number: number}
  | {readonly kind: 'lines'; readonly tool: 'kubectl' | 'helm'; readonly minus: number}
  | {readonly kind: 'current'}

/** Going back, as a script asks for it; what is left out is not written, or not known. */
export type ScriptRollback = Piece & {
  readonly tool: 'kubectl' | 'helm'
  /** `deployment`; left out for a release of Helm. */
  readonly kind?: string
  readonly name?: string
  readonly namespace?: string
  readonly context?: string
  readonly revision?: ScriptRevision & Piece
}

/** A scanner or a program that measures; `canFail` is left out where that is not known. */
export type ScriptJudge = Piece & {
  readonly tool: string
  readonly kind: 'scan' | 'load'
  readonly canFail?: boolean /** What would make it fail. */
  readonly way: string
}

/** Something that goes wrong and leaves the script with status 0; `failure` did not get further because of `by`. */
export type ScriptPass = {
  readonly scenario: Scenario
  readonly reason?: {
    readonly kind: 'or' | 'goes-on' | 'pipe' | 'masked' | 'condition' | 'background'
    readonly failure: Piece & {readonly text: string}
    readonly by: Piece & {readonly text: string}
  }
}

/** The thresholds of a k6 script: the only thing that makes it fail. */
export type ScriptThresholds = {
  /** Absent: there are none. `isKept`: no measurement crosses it. */
  readonly thresholds: Fact<readonly (Piece & {readonly metric: string; readonly expression?: string; readonly isKept: boolean})[]>
  readonly checks: readonly Piece[]
  /** It may end the test itself, as a failure. */
  readonly mayAbort: boolean
}

/** A Job, with what decides when it has failed. Seconds. */
export type ScriptJob = {
  readonly name?: string
  readonly namespace?: string
  readonly backoffLimit: Fact<number>
  readonly activeDeadlineSeconds: Fact<number>
  readonly restartPolicy: Fact<string>
}

/** What a step runs, as far as reading it tells. */
export type Script = {
  readonly language: 'shell' | 'k6' | 'job'
  /** What messages call it: `scripts/smoke.sh`, `the script`, `curl`. */
  readonly called: string
  /** Where the progression names or holds it. */
  readonly at: Place
  /** The file it stands in; left out where the progression holds it. */
  readonly uri?: Uri
  readonly requests: readonly ScriptRequest[]
  /** Some requests cannot be told. */
  readonly isOpen: boolean
  readonly rollbacks: readonly ScriptRollback[]
  readonly judges: readonly ScriptJudge[]
  readonly passes: readonly ScriptPass[]
  /** True where it certainly fails when nothing answers its requests. */
  readonly notices: boolean
  readonly k6?: ScriptThresholds
  readonly job?: ScriptJob
}
