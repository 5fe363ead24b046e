import {replaceWord} from '../../fixes/replace-word.ts'
import {nearest} from '../../model/nearest.ts'
import {defineRule} from '../rule.ts'
import {inWords} from '../words.ts'

/** Silent while a gate may still be declared in text that cannot be read, or in a base that is not there. */
export const unknownGate = defineRule({
  title: 'Unknown gate',
  level: 'error',
  needs: 'text',
  check({gates, environments}, report) {
    if (gates.open.length > 0) return
    const known = gates.items.map(({name}) => name)
    for (const environment of environments.items) {
      for (const {name, at} of environment.gates.items) {
        if (known.includes(name)) continue
        const suggestion = nearest(name, known)
        const hint = suggestion
          ? `Did you mean ${suggestion}?`
          : known.length > 0
            ? `There are ${inWords(known, 8)}.`
            : 'Declare it under gates: at the top level, with a query and a limit.'
        report(at, `${environment.name} asks for the gate ${name}, which is not declared. ${hint}`, {
          fix: suggestion ? replaceWord.for({word: suggestion}) : undefined,
        })
      }
    }
  },
})
