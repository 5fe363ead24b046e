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
  /** Targets of a lower wave are promoted first; 1 where nothing is said. */
  readonly wave?: number
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

/** A target and what its overlay rendered to from the release's commit. */
export type RenderedTarget = {readonly target: ResolvedTarget; readonly objects: readonly KubernetesObject[]}

/** Everything a promotion needs that is not in the cluster; plain data, sent to the worker. */
export type PromotionRequest = {
  /** All targets of one environment. */
  readonly targets: readonly RenderedTarget[]
  readonly release: Release
  /** Every target of every environment that must have verified the release; empty for the first environment. */
  readonly before: readonly ResolvedTarget[]
  readonly requestedBy?: string
  /** Why what others changed by hand may be taken over. */
  readonly reason?: string
  /** Reasons outside the cluster why this cannot be carried out, such as uncommitted changes; they join the plan's own. */
  readonly refusals?: readonly string[]
  /** `Plan.digest` of the plan a person agreed to; the promotion is refused when it no longer holds. */
  readonly agreed?: string
}

export type RollbackRequest = {
  /** All targets of one environment. */
  readonly targets: readonly ResolvedTarget[]
  /** A revision number or the identifier of a release; absent means the verified one before what serves now. */
  readonly to?: string
  readonly requestedBy?: string
  readonly reason?: string
  /** `Plan.digest` of the plan a person agreed to. */
  readonly agreed?: string
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
  readonly action: 'create' | 'change' | 'unchanged' | 'prune' | 'scaleToZero'
  /** Unified diff of the normalised YAML, secrets masked. */
  readonly diff?: string
}

/** What would be done to one target. */
export type TargetPlan = {
  readonly target: string
  readonly context: string
  /** URL of the API server, without credentials. */
  readonly server: string
  readonly namespace: string
  /** Who the API server says we are; the kubeconfig's name for the user where it cannot be asked. */
  readonly user: string
  /** What serves now. */
  readonly from?: {readonly revision: number; readonly release: string}
  /** The revision this makes; of a rollback too, numbers are never used twice. */
  readonly revision: number
  readonly changes: readonly Change[]
  readonly notDryRun: readonly {readonly object: string; readonly why: string}[]
  /** Estimated, verdict to last bad endpoint. */
  readonly rollbackSeconds?: number
}

export type Plan = {
  /** Hash over everything the plan shows but estimates; a promotion is refused when it no longer holds. */
  readonly digest: string
  readonly action: 'promote' | 'rollback'
  /** The release that serves afterwards; a rollback to what was there before the first promotion names `adopted`. */
  readonly release: Release
  readonly progression: string
  readonly environment: string
  readonly production: boolean
  readonly targets: readonly TargetPlan[]
  /** What is done, one line each, in order. */
  readonly steps: readonly string[]
  /** Why this plan cannot be carried out; empty when it can. */
  readonly refusals: readonly string[]
  /** What to know before saying yes. */
  readonly remarks: readonly string[]
}

/** What happens while a promotion or rollback runs; the last event is the outcome. Times are milliseconds since the epoch. */
export type PromotionEvent =
  | {readonly kind: 'phase'; readonly at: number; readonly target: string; readonly phase: Phase; readonly message: string}
  | {readonly kind: 'progress'; readonly at: number; readonly target: string; readonly message: string}
  | {readonly kind: 'outcome'; readonly at: number; readonly outcome: Outcome}

export type Outcome = {
  /** `aborted`: a person's stop before the first write; a stop after it ends in `blocked`, and the message says what is true now. */
  readonly result: 'verified' | 'failed' | 'blocked' | 'rolledBack' | 'rollbackFailed' | 'refused' | 'aborted'
  readonly environment: string
  readonly release: string
  readonly revision?: number
  readonly message: string
  /** Verdict to last bad endpoint. */
  readonly rollbackSeconds?: number
  readonly seconds: number
}

/** A revision that can be gone back to. */
export type RetainedRevision = {
  readonly revision: number
  readonly release: string
  /** Absent for what was adopted. */
  readonly commit?: string
  readonly digests?: Readonly<Record<string, string>>
  /** False for what never passed, and for what was rolled back after it had. */
  readonly verified: boolean
}

/** What the cluster says of one target. */
export type TargetStatus = {
  readonly environment: string
  readonly target: string
  readonly namespace: string
  readonly context: string
  readonly phase: Phase | 'empty' | 'adopted' | 'unreachable'
  /** What serves, or is being brought to serve. */
  readonly release?: string
  readonly revision?: number
  readonly since?: string
  readonly by?: string
  /** One or two sentences: what is true now, and the way out where something is wrong. */
  readonly message: string
  /** Newest first. */
  readonly retained: readonly RetainedRevision[]
  /** Seconds of the last rollback, verdict to last bad endpoint. */
  readonly lastRollbackSeconds?: number
}

/**
 * What a progression's actions need from an engine. Every answer is a value: what the cluster refuses, or does not answer, comes back
 * in words, never as an exception. Aborting the signal ends any call soon; what that leaves is said in the last event.
 */
export interface PromotionService {
  /** Asks, dry-runs, compares; writes nothing. */
  plan(request: PromotionRequest, signal: AbortSignal): Promise<Plan>
  planRollback(request: RollbackRequest, signal: AbortSignal): Promise<Plan>
  promote(request: PromotionRequest, signal: AbortSignal): AsyncIterable<PromotionEvent>
  rollback(request: RollbackRequest, signal: AbortSignal): AsyncIterable<PromotionEvent>
  /** In the order of `targets`. */
  status(targets: readonly ResolvedTarget[], signal: AbortSignal): Promise<readonly TargetStatus[]>
  /** The status now and after each change, until the signal aborts. */
  watch(targets: readonly ResolvedTarget[], signal: AbortSignal): AsyncIterable<readonly TargetStatus[]>
  /** Creates the namespaces and custom resource definitions that promotions take for granted. */
  setup(targets: readonly RenderedTarget[], signal: AbortSignal): AsyncIterable<PromotionEvent>
}
