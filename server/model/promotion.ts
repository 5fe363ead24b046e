import type {KubernetesObject} from './manifests.ts'

/** Immutable: `r` and a hash over image digests and Git commit. */
export type Release = {
  readonly id: string
  readonly commit: string
  /** Repository → `sha256:…`, for every image in any rendering. */
  readonly digests: Readonly<Record<string, string>>
}

export type HttpCheck = {
  readonly path: string
  readonly method: string
  readonly status?: number
  /** Path into a JSON answer that must be there, such as `.version`. */
  readonly json?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A smoke test with every variable filled. Milliseconds. */
export type SmokeTest =
  | {readonly kind: 'http'; readonly service: string; readonly port: string; readonly checks: readonly HttpCheck[]; readonly timeout: number}
  | {readonly kind: 'url'; readonly url: string; readonly checks: readonly HttpCheck[]; readonly timeout: number}
  | {readonly kind: 'job'; readonly job: KubernetesObject; readonly timeout: number}

export const rollbackOn = ['rollout', 'smoke', 'load', 'gates', 'watch'] as const

/** One target of an environment with every default merged and every variable filled: what the engine works on. */
export type ResolvedTarget = {
  readonly progression: string
  readonly environment: string
  readonly target: string
  readonly production: boolean
  readonly cluster: {readonly name: string; readonly context: string; readonly uid?: string}
  readonly namespace: string
  readonly stateNamespace: string
  readonly smoke: readonly SmokeTest[]
  /** Absent: the promotion stops and offers a rollback. `within` in milliseconds. */
  readonly rollback?: {readonly within?: number; readonly on: readonly (typeof rollbackOn)[number][]}
  /** How long a rollout may take before it counts as stuck, milliseconds. */
  readonly rolloutTimeout: number
  /** What is configured and this engine cannot do yet, in the words of the format: `gates`, `migrate`. Not empty: the plan refuses. */
  readonly unsupported: readonly string[]
}

/** Everything a promotion needs that is not in the cluster; plain data, sent to the worker. */
export type PromotionRequest = {
  readonly targets: readonly {readonly target: ResolvedTarget; readonly objects: readonly KubernetesObject[]}[]
  readonly release: Release
  /** Names of the environments that come before, whose verification the release needs, with their targets. */
  readonly before: readonly ResolvedTarget[]
  readonly requestedBy?: string
  readonly reason?: string
}

/** The phases of a target; the machine that joins them is `promotion/phases.ts`. */
export const phases = [
  'planned',
  'applying',
  'mixed',
  'rollingOut',
  'smoke',
  'verified',
  'blocked',
  'rollingBack',
  'rolledBack',
  'rollbackFailed',
  'failed',
] as const
export type Phase = (typeof phases)[number]

export type Change = {
  readonly kind: string
  readonly name: string
  readonly namespace?: string
  readonly action: 'create' | 'change' | 'unchanged' | 'prune'
  /** Unified diff of the normalised YAML, secrets masked. */
  readonly diff?: string
}

export type Plan = {
  /** Hash over everything the plan shows; a promotion is refused when it no longer holds. */
  readonly digest: string
  readonly release: Release
  readonly progression: string
  readonly environment: string
  readonly production: boolean
  readonly targets: readonly {
    readonly target: string
    readonly context: string
    readonly server: string
    readonly namespace: string
    readonly user: string
    readonly from?: {readonly revision: number; readonly release: string}
    readonly revision: number
    readonly changes: readonly Change[]
    readonly notDryRun: readonly {readonly object: string; readonly why: string}[]
    readonly rollbackSeconds?: number
  }[]
  readonly steps: readonly string[]
  /** Why this plan cannot be carried out; empty when it can. */
  readonly refusals: readonly string[]
  /** What to know before saying yes. */
  readonly remarks: readonly string[]
}

/** What happens while a promotion or rollback runs. Times are milliseconds since the epoch. */
export type PromotionEvent =
  | {readonly kind: 'phase'; readonly at: number; readonly target: string; readonly phase: Phase; readonly message: string}
  | {readonly kind: 'progress'; readonly at: number; readonly target: string; readonly message: string}
  | {readonly kind: 'outcome'; readonly at: number; readonly outcome: Outcome}

export type Outcome = {
  readonly result: 'verified' | 'failed' | 'blocked' | 'rolledBack' | 'rollbackFailed' | 'refused' | 'aborted'
  readonly environment: string
  readonly release: string
  readonly revision?: number
  readonly message: string
  /** Verdict to last bad endpoint. */
  readonly rollbackSeconds?: number
  readonly seconds: number
}

/** What the cluster says of one target. */
export type TargetStatus = {
  readonly environment: string
  readonly target: string
  readonly namespace: string
  readonly context: string
  readonly phase: Phase | 'empty' | 'adopted' | 'unreachable'
  readonly release?: string
  readonly revision?: number
  readonly since?: string
  readonly by?: string
  readonly message: string
  /** Releases that may be rolled back to, newest first. */
  readonly retained: readonly {readonly revision: number; readonly release: string; readonly verified: boolean}[]
}
