import {type Call, callsOf, isCalled, option} from '../commands.ts'
import {defineRule} from '../rule.ts'

/** Words that make a program end well whatever happened. Shells are left alone: what they do stands in a script. */
type Swallow = {readonly program: string; readonly words?: readonly string[]; readonly options: readonly string[]; readonly why: string}

/** From the programs' own help: GNU make(1), newman 6, k6 1.x, npm-run-script(1), pytest has none, Playwright 1.x. */
const swallows: readonly Swallow[] = [
  {program: 'make', options: ['-i', '--ignore-errors'], why: 'make goes on after every error and ends well'},
  {program: 'newman', options: ['-x', '--suppress-exit-code'], why: 'newman ends well whatever the tests say'},
  {program: 'k6', words: ['run'], options: ['--no-thresholds'], why: 'k6 judges no threshold and ends well'},
  {program: 'npm', options: ['--if-present'], why: 'npm ends well where there is no such script'},
  {program: 'playwright', words: ['test'], options: ['--pass-with-no-tests'], why: 'Playwright ends well where it finds no test'},
  {program: 'jest', options: ['--passWithNoTests'], why: 'jest ends well where it finds no test'},
  {program: 'vitest', options: ['--passWithNoTests'], why: 'vitest ends well where it finds no test'},
]

/** A step that lets every release through tells the next environment that all is well. */
export const ignoresFailure = defineRule({
  title: 'Failure is ignored on the way on',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    for (const call of callsOf(progression, ['smoke', 'load'])) {
      const {environment, step, program} = call
      if (doesNothing(call)) {
        report(
          call.at,
          `The ${stepWords[step.kind] ?? step.kind} of ${environment.name} runs ${program}, which always ends well: every release goes on. Run a test that can fail.`,
        )
        continue
      }
      const swallow = swallows.find(one => one.program === program && isCalled(call, ...(one.words ?? [])) && option(call, ...one.options))
      const word = swallow && option(call, ...swallow.options)
      if (!swallow || !word) continue
      report(
        word.at,
        `The ${stepWords[step.kind] ?? step.kind} of ${environment.name} cannot stop a release: with ${word.text} ${swallow.why}. Leave ${word.text} out.`,
      )
    }
  },
})

const stepWords: Readonly<Record<string, string>> = {smoke: 'smoke test', load: 'load test'}

const doesNothing = ({program}: Call): boolean => program === 'true' || program === ':' || program === 'echo' || program === 'printf'
