import {callsOf} from '../commands.ts'
import {defineRule} from '../rule.ts'

/** Programs that show something to a person or wait for one. */
const personal: ReadonlySet<string> = new Set([
  'dialog',
  'google-chrome',
  'kdialog',
  'open',
  'read',
  'sensible-browser',
  'start',
  'whiptail',
  'xdg-open',
  'zenity',
])

/** A smoke test that a person carries out: it is as good as the day, and nobody is there at night. */
export const smokeManual = defineRule({
  title: 'Smoke test is done by hand',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    for (const {environment, program, at} of callsOf(progression, ['smoke'])) {
      if (!personal.has(program)) continue
      report(
        at,
        `The smoke test of ${environment.name} is a person at a screen: ${program} shows something and judges nothing. Ask the service itself, with http: or a program that can fail.`,
      )
    }
  },
})
