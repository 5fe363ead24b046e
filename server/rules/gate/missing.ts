import {addGate} from '../../fixes/add-gate.ts'
import {type Environment, environmentNamed, isProduction} from '../../model/progression.ts'
import {arrivals} from '../order/chains.ts'
import {defineRule} from '../rule.ts'

/** A known production, or an environment directly before it, where nothing is measured: whatever is ready counts as good there. */
export const gateMissing = defineRule({
  title: 'Release is not measured',
  level: 'hint',
  needs: 'text',
  check(progression, report) {
    if (progression.gates.open.length > 0) return
    const into = arrivals(progression)
    const productions = progression.environments.items.filter(isProduction)
    const before = productions.flatMap(({name}) => (into.get(name) ?? []).flatMap(({from}) => environmentNamed(progression, from) ?? []))
    const [first, ...others] = [...new Set([...productions, ...before])].filter(isUnmeasured)
    if (!first) return
    const message = isProduction(first)
      ? `No gate looks at a metric of ${first.name}: a release that answers with errors counts as verified there. Add gates: with an error rate.`
      : `No gate looks at a metric of ${first.name}, so a release that answers with errors there goes on to production. Add gates: with an error rate.`
    report(first.at, message, {
      fix: addGate.for({environments: [first, ...others].map(({name}) => name).join(',')}),
      related: others.map(({name, at}) => ({at, message: `Nor of ${name}.`})),
    })
  },
})

/** Known to have no gates: none is named, and nothing of the environment is unfinished. */
const isUnmeasured = ({gates, steps}: Environment): boolean => gates.items.length === 0 && gates.open.length === 0 && steps.open.length === 0
