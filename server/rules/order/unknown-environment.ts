import {replaceWord} from '../../fixes/replace-word.ts'
import {nearest} from '../../model/nearest.ts'
import type {Place} from '../../model/place.ts'
import type {Progression} from '../../model/progression.ts'
import {defineRule} from '../rule.ts'
import {inWords} from '../words.ts'
import {steps} from './chains.ts'

/** A name in `after`, in a lane or in `parity` that no environment bears. Silent while an environment cannot be read: it may bear it. */
export const unknownEnvironment = defineRule({
  title: 'Unknown environment',
  level: 'error',
  needs: 'text',
  check(progression, report) {
    const {environments} = progression
    if (environments.open.length > 0) return
    const known = [...new Set(environments.items.map(({name}) => name))]
    for (const {name, at, isWord, how} of mentions(progression)) {
      // What a variable stands for is the business of order/free-text-environment.
      if (known.includes(name) || name.includes('${')) continue
      const suggestion = nearest(name, known)
      const hint = suggestion ? `Did you mean ${suggestion}?` : known.length > 0 ? `There are ${inWords(known, 8)}.` : 'There are no environments yet.'
      report(at, `${how} ${name}, which is no environment. ${hint}`, {fix: suggestion && isWord ? replaceWord.for({word: suggestion}) : undefined})
    }
  },
})

/** `isWord`: the place covers the name and nothing else. */
type Mention = {readonly name: string; readonly at: Place; readonly isWord: boolean; readonly how: string}

function mentions(progression: Progression): readonly Mention[] {
  const {lanes, parity} = progression
  const after = steps(progression).filter(({because}) => because === 'after')
  return [
    ...after.map(({from, to, at}) => ({name: from, at, isWord: true, how: `${to} comes after`})),
    ...lanes.items.flatMap(lane =>
      lane.through.items.map(({environment, at}) => ({name: environment, at, isWord: true, how: `The lane ${lane.name} leads through`})),
    ),
    ...(parity.state === 'known' ? parity.value : []).flatMap(({between, at}) => between.map(name => ({name, at, isWord: false, how: 'parity compares'}))),
  ]
}
