import {type Call, callsOf, isCalled, option} from '../commands.ts'
import {defineRule} from '../rule.ts'

/** A program that starts something and does not wait for it, unless one of `waiting` says so. */
type Start = {
  readonly program: string
  readonly words: readonly string[]
  /** What makes it not wait; without it the program never waits by itself. */
  readonly leaving?: readonly string[]
  readonly waiting?: readonly string[]
  readonly what: string
  readonly instead: string
}

/** From the programs' own help: gh 2.x, kubectl 1.3x, Argo CD 3.x, Argo Workflows 3.x, Tekton's tkn, Docker 28. */
const starts: readonly Start[] = [
  {program: 'gh', words: ['workflow', 'run'], what: 'a workflow run', instead: 'Wait for it with gh run watch --exit-status'},
  {program: 'kubectl', words: ['create', 'job'], what: 'a Job', instead: 'Use job: with its manifest, which is waited for'},
  {program: 'kubectl', words: ['apply'], what: 'objects', instead: 'Use job: with the manifest of a Job, which is waited for'},
  {program: 'argocd', words: ['app', 'sync'], leaving: ['--async'], what: 'a sync', instead: 'Leave --async out'},
  {program: 'argo', words: ['submit'], waiting: ['--wait', '-w', '--watch', '--log'], what: 'a workflow', instead: 'Add --wait'},
  {program: 'tkn', words: ['pipeline', 'start'], waiting: ['--showlog'], what: 'a pipeline run', instead: 'Add --showlog'},
  {program: 'docker', words: ['run'], leaving: ['-d', '--detach'], what: 'a container', instead: 'Leave out what detaches it'},
  {program: 'podman', words: ['run'], leaving: ['-d', '--detach'], what: 'a container', instead: 'Leave out what detaches it'},
]

/** A step that ends before its work does: the release goes on while nobody knows what came of it. */
export const notAwaited = defineRule({
  title: 'Nobody waits for what a step starts',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    for (const call of callsOf(progression, ['scan', 'smoke', 'load'])) {
      const start = starts.find(one => one.program === call.program && isCalled(call, ...one.words) && leaves(call, one))
      if (!start) continue
      const {environment, step, program, at} = call
      report(
        at,
        `${step.kind} of ${environment.name} starts ${start.what} with ${program} ${start.words.join(' ')} and ends at once: what comes of it stops no release. ${start.instead}.`,
      )
    }
  },
})

function leaves(call: Call, {leaving, waiting}: Start): boolean {
  if (leaving) return option(call, ...leaving) !== undefined
  return waiting === undefined || option(call, ...waiting) === undefined
}
