import type {Fact, Listing, Unknown} from './fact.ts'
import type {Uri} from './files.ts'
import type {Gate, GateUse} from './gate.ts'
import type {Manifest, ManifestSource} from './manifests.ts'
import type {PathUse} from './path.ts'
import type {Place} from './place.ts'
import type {Problem} from './problem.ts'
import type {Step} from './step.ts'

/** How close to users an environment is; the order of the words is the order of the tiers. */
export const tiers = ['development', 'testing', 'staging', 'production'] as const
export type Tier = (typeof tiers)[number]

/** Milliseconds. */
export type Duration = number

export type Named<T> = {readonly name: string; readonly at: Place} & T

export type Cluster = Named<{readonly context: Fact<string>; readonly uid: Fact<string>}>

/** One place an environment runs in. An environment without `targets` has one that bears its name. */
export type Target = Named<{
  readonly cluster: Fact<string>
  readonly namespace: Fact<string>
  readonly wave: Fact<number>
  readonly manifests: Fact<readonly ManifestSource[]>
  /** Objects as the engine produced them; unknown until they were rendered. */
  readonly rendered: Fact<Listing<Manifest>>
}>

export const rollbackTriggers = ['rollout', 'smoke', 'load', 'gates', 'watch'] as const
export type RollbackTrigger = (typeof rollbackTriggers)[number]
export type Rollback = {
  readonly within: Fact<Duration>
  /** The steps whose failure rolls back: all after the deployment unless the author says less. */
  readonly on: readonly RollbackTrigger[]
  /** The same as written, with places; absent where the author leaves it to the default. */
  readonly listed: Fact<Listing<{readonly trigger: RollbackTrigger; readonly at: Place}>>
  /** The whole map, for insertions. */
  readonly extent: Place
}

/** On, off or something a flag system decides. */
export type Flag = {readonly value: Fact<unknown>; readonly at: Place}

/** Where flags are read from. `uri` is left out for what lies in no file, and where a variable is not known here. */
export type FlagFile = {readonly kind: 'file' | 'flagd' | 'configMap'; readonly written: string; readonly uri?: Uri; readonly at: Place}

/** Flags of an environment by name. What is written wins over what is read; `open` says what is not read. */
export type Flags = {
  readonly values: ReadonlyMap<string, Flag>
  readonly files: readonly FlagFile[]
  readonly open: readonly Unknown[]
  /** The whole map, for insertions. */
  readonly extent: Place
}

export type Approval = {
  /** Absent: one. */
  readonly required: Fact<number>
  readonly groups: Listing<string>
  /** Absent: whoever asks may approve. */
  readonly notRequester: Fact<boolean>
  readonly extent: Place
}

export type Migration = {readonly kind: Fact<'expand' | 'contract' | 'irreversible'>; readonly at: Place}

/** Moments as they are written; `extent` is the whole entry. */
export type Freeze = {
  readonly from: Fact<string>
  readonly to: Fact<string>
  readonly cron: Fact<string>
  readonly reason: Fact<string>
  readonly at: Place
  readonly extent: Place
}

export type Runner = {readonly kind: 'client' | 'ci' | 'job' /** Of the Job that keeps watch. */; readonly image: Fact<string>}

export type Waves = {
  /** Absent: one at a time. */
  readonly parallel: Fact<number>
  /** Absent: rollback-wave. */
  readonly onFailure: Fact<'rollback-wave' | 'rollback-all' | 'stop'>
}

export type EngineName = 'direct' | 'helm' | 'git' | 'argo-rollouts' | 'kargo'

export type Environment = Named<{
  readonly tier: Fact<Tier>
  /** True where the author wrote so or the name says so; the place is that of the word that decided it. */
  readonly production: Fact<boolean>
  readonly targets: Listing<Target>
  readonly steps: Listing<Step>
  readonly gates: Listing<GateUse>
  readonly approval: Fact<Approval>
  readonly rollback: Fact<Rollback>
  readonly flags: Fact<Flags>
  readonly migration: Fact<Migration>
  readonly freezes: Listing<Freeze>
  readonly waves: Fact<Waves>
  /** Absent: the client that began a promotion. */
  readonly runner: Fact<Runner>
  /** Absent: found out from who owns the live objects. */
  readonly engine: Fact<EngineName>
  readonly paths: readonly PathUse[]
  /** The whole entry, from its first to its last character; for insertions and lenses. */
  readonly extent: Place
}>

/** A way in from outside: a push, a schedule, a person's choice. */
export type Trigger = {readonly trigger: 'push' | 'schedule' | 'person' | 'external'; readonly detail?: string}

export type Transition = {
  readonly from: string | Trigger
  readonly to: string
  /** `listed`: only because the author wrote one environment below the other; `after`: said with a key of its own. */
  readonly because: 'listed' | 'after'
  readonly automatic: Fact<boolean>
  readonly approval: Fact<Approval>
  readonly at: Place
}

export type Lane = Named<{readonly through: Listing<{readonly environment: string; readonly at: Place}>; readonly approval: Fact<Approval>}>

export type ParityAllowance = {readonly kind?: string; readonly name?: string; readonly field?: string; readonly ratio?: number; readonly reason?: string}
export type ParityRule = {readonly between: readonly string[]; readonly allow: readonly ParityAllowance[]; readonly at: Place}

/** What every source contributes to and every rule reads, after linking. */
export type Progression = {
  readonly name: string
  readonly at: Place
  readonly document: Uri
  /** Which document of the file, counted from 0 in the order they stand in. */
  readonly index: number
  /** The format it was read from: `progression`, `kargo`, … */
  readonly source: string
  readonly environments: Listing<Environment>
  readonly transitions: Listing<Transition>
  readonly clusters: Listing<Cluster>
  readonly gates: Listing<Gate>
  readonly lanes: Listing<Lane>
  readonly images: Listing<{readonly name: string; readonly at: Place}>
  /** What `extends` names, and every path of an environment. */
  readonly paths: Listing<PathUse>
  /** Absent: nobody declared what may differ. */
  readonly parity: Fact<readonly ParityRule[]>
  /** Levels from `rules:`; a code maps to the level and the place of the value. */
  readonly levels: ReadonlyMap<string, {readonly level: Level; readonly at: Place}>
  /** What reading found: bad syntax, unknown keys, values of the wrong kind. Each carries the code of a rule of group `config`. */
  readonly problems: readonly Problem[]
}

export const levels = ['off', 'hint', 'info', 'warning', 'error'] as const
export type Level = (typeof levels)[number]

export const isProduction = (environment: Environment): boolean => environment.production.state === 'known' && environment.production.value

/** The environment of that name, or undefined; the first one where a name stands twice. */
export const environmentNamed = (progression: Progression, name: string): Environment | undefined =>
  progression.environments.items.find(environment => environment.name === name)

/** Environments of the highest tier this progression reaches, where harm is greatest: productions if there are any, else the last listed one. */
export function highest(progression: Progression): readonly Environment[] {
  const productions = progression.environments.items.filter(isProduction)
  return productions.length > 0 ? productions : progression.environments.items.slice(-1)
}
