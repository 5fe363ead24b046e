import type {Fact} from '../model/fact.ts'
import {isProduction} from '../model/progression.ts'
import {reached} from '../rules/reached.ts'
import {unmonitored} from '../rules/unmonitored.ts'
import {each, type Question, type Seen} from './item.ts'

const factSeen = ({state, at}: Fact<unknown>): Seen => ({state: state === 'known' ? 'done' : state === 'absent' ? 'missing' : 'unknown', at})

export const rollback: Question = {
  id: 'rollback',
  title: 'Rollback automation',
  judge: progression =>
    each(progression, reached(progression), ({rollback}) => factSeen(rollback), {
      done: 'A failed release is rolled back',
      missing: 'A failed release is not rolled back by itself',
      unknown: 'It is not known whether a failed release is rolled back',
    }),
}

export const flags: Question = {
  id: 'feature-flags',
  title: 'Feature flags',
  judge: progression =>
    each(progression, reached(progression), ({flags}) => factSeen(flags), {
      done: 'It is written down which flags are on',
      missing: 'Nothing says which flags are on',
      unknown: 'It is not known which flags are on',
    }),
}

/** Every environment is looked at: by a query, or by the alerts that fire for it. */
export const monitoring: Question = {
  id: 'monitoring',
  title: 'Monitoring',
  judge(progression) {
    const blind = new Set(unmonitored(progression, ({query, alerts}) => query.state !== 'absent' || alerts.state !== 'absent'))
    return each(
      progression,
      progression.environments.items,
      environment => {
        if (blind.has(environment)) return {state: 'missing', at: environment.at}
        const [open] = [...progression.gates.open, ...environment.gates.open, ...environment.steps.open]
        return open ? {state: 'unknown', at: open.at} : {state: 'done', at: environment.gates.items[0]?.at ?? environment.at}
      },
      {done: 'Metrics or alerts are asked', missing: 'No metric and no alert is asked', unknown: 'It is not known which metrics are asked'},
    )
  },
}

/** Of productions, as far as any is known. */
export const approvals: Question = {
  id: 'approvals',
  title: 'Approvals',
  judge(progression) {
    const productions = progression.environments.items.filter(isProduction)
    const last = progression.environments.items.at(-1)
    if (productions.length === 0 && last && progression.environments.open.length === 0)
      return {state: 'unknown', at: last.at, message: 'No environment is known to be a production, so it is not known where somebody has to approve.'}
    return each(progression, productions, ({approval}) => factSeen(approval), {
      done: 'Somebody approves what is changed',
      missing: 'Nobody approves what is changed',
      unknown: 'It is not known who approves',
    })
  },
}
