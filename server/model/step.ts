import type {Command, Word} from './command.ts'
import type {Fact} from './fact.ts'
import type {Place} from './place.ts'
import type {Duration} from './progression.ts'
import type {Script} from './script.ts'

/** The steps of an environment, always in this order; one that is not configured does not exist. */
export const stepKinds = ['plan', 'scan', 'approval', 'migrate', 'deploy', 'rollout', 'smoke', 'load', 'gates', 'soak', 'verified', 'watch'] as const
export type StepKind = (typeof stepKinds)[number]

export type Step = {
  readonly kind: StepKind
  readonly at: Place
  /** False where nothing that happens can make this step fail: `|| true`, no thresholds. */
  readonly canFail: Fact<boolean>
  readonly timeout: Fact<Duration>
  /** What it runs where promotions are run from; absent where it does something else. */
  readonly command: Fact<Command>
  /** The file that it is, where it is a Job or a k6 script. */
  readonly file: Fact<{readonly kind: 'job' | 'k6'; readonly path: Word}>
  /** What it runs, read: unknown until then, absent where it runs nothing that can be read. */
  readonly script: Fact<Script>
  /** The value that configures it, for insertions; left out where there is none. */
  readonly extent?: Place
  /** A few words for the flowchart: `2 requests to shop-web`, `30m`. */
  readonly detail?: string
}
