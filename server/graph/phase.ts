import type {TargetStatus} from '../model/promotion.ts'
import type {Tone} from '../protocol.ts'

type Words = {readonly text: string; readonly tone: Tone}

/** Every phase in words people use, and how it is drawn. */
const words: Readonly<Record<TargetStatus['phase'], Words>> = {
  empty: {text: 'nothing promoted yet', tone: 'neutral'},
  adopted: {text: 'running what was there before', tone: 'neutral'},
  planned: {text: 'planned', tone: 'waiting'},
  applying: {text: 'applying', tone: 'active'},
  mixed: {text: 'interrupted with old and new objects mixed', tone: 'attention'},
  rollingOut: {text: 'rolling out', tone: 'active'},
  smoke: {text: 'smoke testing', tone: 'active'},
  verified: {text: 'verified', tone: 'good'},
  blocked: {text: 'blocked, waiting for a person', tone: 'attention'},
  rollingBack: {text: 'rolling back', tone: 'active'},
  rolledBack: {text: 'rolled back', tone: 'attention'},
  rollbackFailed: {text: 'rollback failed', tone: 'bad'},
  failed: {text: 'failed', tone: 'bad'},
  unreachable: {text: 'cluster not reachable', tone: 'attention'},
}

export const phaseWords = (phase: TargetStatus['phase']): Words => words[phase]

const severity: readonly TargetStatus['phase'][] = [
  'rollbackFailed',
  'failed',
  'mixed',
  'blocked',
  'rollingBack',
  'rolledBack',
  'applying',
  'rollingOut',
  'smoke',
  'planned',
  'unreachable',
  'empty',
  'adopted',
  'verified',
]

/** What an environment is as a whole: the target that needs a person most. Undefined for no targets. */
export const worst = (targets: readonly TargetStatus[]): TargetStatus | undefined =>
  targets.toSorted((a, b) => severity.indexOf(a.phase) - severity.indexOf(b.phase))[0]
