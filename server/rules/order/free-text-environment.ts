import type {Place} from '../../model/place.ts'
import type {Progression} from '../../model/progression.ts'
import {variablesIn} from '../../model/variables.ts'
import {defineRule} from '../rule.ts'
import {steps} from './chains.ts'

/** Where a release goes must stand in the file: a variable of whoever promotes can be anything, and nothing here can be checked against it. */
export const freeTextEnvironment = defineRule({
  title: 'Environment is chosen by free text',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    for (const {text, at, how} of mentions(progression)) {
      const [variable] = variablesIn(text)
      if (variable)
        report(at, `${how} \${${variable.name}}: which environment that is stands nowhere in this file, and variables are not filled here. Write the name.`)
    }
    for (const {name, targets} of progression.environments.items) {
      for (const target of targets.items) {
        for (const key of ['cluster', 'namespace'] as const) {
          const fact = target[key]
          const variable = fact.state === 'unknown' ? /^\$\{(env\.\w+)\} is not known here$/.exec(fact.why)?.[1] : undefined
          if (variable)
            report(
              fact.at,
              `The ${key} of ${name} is whatever ${variable.slice(4)} holds on the machine that promotes: a release can land anywhere. Write the ${key}, or use \${environment}.`,
            )
        }
      }
    }
  },
})

type Mention = {readonly text: string; readonly at: Place; readonly how: string}

const mentions = (progression: Progression): readonly Mention[] => [
  ...steps(progression)
    .filter(({because}) => because === 'after')
    .map(({from, to, at}) => ({text: from, at, how: `${to} comes after`})),
  ...progression.lanes.items.flatMap(lane =>
    lane.through.items.map(({environment, at}) => ({text: environment, at, how: `The lane ${lane.name} leads through`})),
  ),
]
