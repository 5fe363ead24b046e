import type {Scenario as Trouble} from '../../model/script.ts'
import type {Span} from '../span.ts'
import {type JudgeEvent, Recorder, type RequestEvent, type RollbackEvent, type Swallow} from './recorder.ts'
import {Run} from './run.ts'
import {type Scenario, troubles} from './scenario.ts'
import {firstState} from './state.ts'
import type {Program} from './syntax.ts'
import type {Value} from './value.ts'

/** How a script is started. A variable of a progression has a value, or is there and not known. */
export type Start = {
  readonly arguments: readonly Value[]
  readonly variables: ReadonlyMap<string, Value>
  /** The script is started by its own name, so that its first line counts. */
  readonly usesShebang: boolean
  /** Options of the shell, as in `bash -e script`. */
  readonly options: string
  /** Scanners that a file of their own tells when to fail. */
  readonly configured: ReadonlySet<string>
}

/** A way to go wrong that a script does not notice: it ends with 0. */
export type Pass = {
  readonly scenario: Trouble
  /** What keeps the failure back; undefined where nothing fails at all. */
  readonly swallow: Swallow | undefined
}

/** What is known of a script, in offsets of its text. */
export type ShellReading = {
  readonly requests: readonly RequestEvent[]
  readonly rollbacks: readonly RollbackEvent[]
  readonly judges: readonly JudgeEvent[]
  readonly passes: readonly Pass[]
  /** True where it certainly fails when nothing answers. */
  readonly notices: boolean
  /** It takes more steps than are followed, so that more may be in it. */
  readonly isLost: boolean
  readonly comments: readonly Span[]
}

/** Follows a script through everything that can go wrong. Pure. */
export function readShell(program: Program, start: Start): ShellReading {
  const flags = `${start.options} ${start.usesShebang ? (program.shebang ?? '') : ''}`
  const state = firstState({
    arguments: start.arguments,
    variables: start.variables,
    errexit: /(^|\s)-[a-zA-Z]*e/.test(flags),
    pipefail: /(^|\s)-\w*o\s+pipefail/.test(flags),
  })
  const run = (scenario: Scenario) => {
    const recorder = new Recorder()
    return {recorder, ends: new Run(scenario, recorder, start.configured).program(program, state)}
  }
  const {recorder} = run('anything')
  const requests = [...recorder.requests.values()]
  const judges = [...recorder.judges.values()]
  const concerned: readonly Span[] = [...requests.map(({at}) => at), ...judges.map(({at}) => at)]
  const asked = new Map((recorder.isLost ? [] : relevant(requests, judges)).map(scenario => [scenario, run(scenario)] as const))
  const passes = [...asked].flatMap(([scenario, {ends, recorder: met}]): Pass[] =>
    ends?.good && !ends.bad ? [{scenario, swallow: met.swallowOf(concerned)}] : [],
  )
  const refused = asked.get('refused')?.ends
  return {
    requests,
    rollbacks: [...recorder.rollbacks.values()],
    judges,
    passes,
    notices: refused?.bad !== undefined && refused.good === undefined,
    isLost: recorder.isLost,
    comments: program.comments,
  }
}

/** What can go wrong with a script. What it does not ask for need not be tried: it would end as with any other trouble. */
function relevant(requests: readonly RequestEvent[], judges: readonly JudgeEvent[]): readonly Trouble[] {
  const asksPrometheus = requests.some(({call}) => call.urls.some(url => url.some(piece => typeof piece === 'string' && piece.includes('/api/v1/query'))))
  return troubles.filter(trouble => {
    if (trouble === 'high' || trouble === 'low') return asksPrometheus
    if (trouble === 'broken') return requests.length > 0
    return trouble === 'refused' || judges.length > 0 || requests.length === 0
  })
}
