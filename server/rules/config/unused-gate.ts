import {takeOut} from '../../fixes/take-out.ts'
import {defineRule} from '../rule.ts'

/** A gate of a base is the business of everybody who extends it, so only gates of this document are told. */
export const unusedGate = defineRule({
  title: 'No environment asks for the gate',
  level: 'hint',
  needs: 'text',
  check({gates, environments, document}, report) {
    const {items, open} = environments
    if (items.length === 0 || open.length > 0 || items.some(environment => environment.gates.open.length > 0 || environment.steps.open.length > 0)) return
    const used = new Set(items.flatMap(environment => environment.gates.items.map(({name}) => name)))
    for (const {name, at} of gates.items) {
      if (used.has(name) || at.document !== document) continue
      report(at, `No environment asks for the gate ${name}, so it judges nothing. List it under gates: of an environment or of defaults, or take it out.`, {
        fix: gates.items.length > 1 ? takeOut.for({title: `Take the gate ${name} out`, what: 'key'}) : undefined,
      })
    }
  },
})
