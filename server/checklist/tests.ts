import {type Environment, isProduction, type Progression} from '../model/progression.ts'
import type {StepKind} from '../model/step.ts'
import {ancestors, arrivals} from '../rules/order/chains.ts'
import {reached} from '../rules/reached.ts'
import {each, type Question, type Seen} from './item.ts'

const has =
  (kind: StepKind) =>
  ({steps, at}: Environment): Seen => {
    const step = steps.items.find(one => one.kind === kind)
    if (step) return {state: 'done', at: step.at}
    const [open] = steps.open
    return open ? {state: 'unknown', at: open.at} : {state: 'missing', at}
  }

export const smoke: Question = {
  id: 'smoke-tests',
  title: 'Smoke tests',
  judge: progression =>
    each(progression, progression.environments.items, has('smoke'), {
      done: 'A smoke test runs after the rollout',
      missing: 'No smoke test runs after the rollout',
      unknown: 'It is not known whether a smoke test runs',
    }),
}

/** Where users are, and directly before. */
export const gates: Question = {
  id: 'quality-gates',
  title: 'Quality gates',
  judge(progression) {
    const into = arrivals(progression)
    const last = reached(progression)
    const names = new Set(last.flatMap(({name}) => [name, ...(into.get(name) ?? []).map(({from}) => from)]))
    const asked = progression.environments.items.filter(({name}) => names.has(name))
    return each(progression, asked, has('gates'), {
      done: 'Gates judge a release',
      missing: 'No gate judges a release',
      unknown: 'It is not known which gates judge a release',
    })
  },
}

/** Once on the way is enough; the last environment of it counts where there is no production. */
export const load: Question = {
  id: 'load-tests',
  title: 'Load testing',
  judge(progression) {
    const way = new Set(reached(progression).flatMap(({name}) => [name, ...ancestors(name, arrivals(progression))]))
    const passed = progression.environments.items.filter(({name}) => way.has(name))
    const seen = passed.map(environment => ({environment, ...has('load')(environment)}))
    const done = seen.find(({state}) => state === 'done')
    if (done) return {state: 'done', at: done.at, message: `A load test runs in ${done.environment.name}.`}
    const [open] = [...seen.filter(({state}) => state === 'unknown'), ...progression.environments.open]
    if (open || !seen[0]) return {state: 'unknown', at: open?.at ?? progression.at, message: 'It is not known whether a load test runs.'}
    const place = seen.findLast(({environment}) => !isProduction(environment)) ?? seen[0]
    return {state: 'missing', at: place.at, message: `No load test runs on the way to ${nameOfEnd(progression)}.`}
  },
}

const nameOfEnd = (progression: Progression): string => reached(progression)[0]?.name ?? progression.name
