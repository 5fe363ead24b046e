import type {Related} from '../model/finding.ts'
import type {Environment, Progression} from '../model/progression.ts'
import type {Piece, Script} from '../model/script.ts'
import type {Step, StepKind} from '../model/step.ts'
import type {Details, Report} from './rule.ts'

/** A script that was read, with the step that runs it. */
export type ScriptUse = {
  readonly environment: Environment
  readonly step: Step
  readonly script: Script
  /** A command without a shell, whose words stand in the progression. */
  readonly isCommand: boolean
}

/** The scripts of some steps, as far as they can be read. */
export const scriptsOf = ({environments}: Progression, kinds: readonly StepKind[]): readonly ScriptUse[] =>
  environments.items.flatMap(environment =>
    environment.steps.items.flatMap((step): ScriptUse[] => {
      const {script, command} = step
      if (!kinds.includes(step.kind) || script.state !== 'known') return []
      const isCommand =
        command.state === 'known' && command.value.kind === 'arguments' && script.value.uri === undefined && script.value.at === command.value.at
      return [{environment, step, script: script.value, isCommand}]
    }),
  )

const stepWords: Partial<Record<StepKind, string>> = {smoke: 'smoke test', load: 'load test', migrate: 'migration'}

/** `The smoke test of production`. */
export const subjectOf = ({environment, step}: ScriptUse): string => `The ${stepWords[step.kind] ?? step.kind} of ${environment.name}`

/** `line 4 of scripts/smoke.sh`; without the file where it was just named, and nothing for what the progression holds. */
export const lineOf = ({line}: Piece): string | undefined => (line === undefined ? undefined : `line ${line}`)

/** The words behind a piece that say where it stands: ` in line 4`. */
export const inLine = (piece: Piece): string => (piece.line === undefined ? '' : ` in line ${piece.line}`)

/**
 * Reports what stands at a piece of a script: there, where the progression holds the script, and else where the progression names it,
 * with the piece as related information.
 */
export function reportPiece(
  report: Report,
  {script}: ScriptUse,
  piece: Piece,
  message: string,
  {related = [], ...details}: Details & {readonly words?: string} = {},
): void {
  const {words = 'This is where.', ...rest} = details
  if (script.uri === undefined) report(piece.at, message, {...rest, related})
  else report(script.at, message, {...rest, related: [{at: piece.at, message: words} satisfies Related, ...related]})
}
