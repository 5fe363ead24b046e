import {environmentNamed} from '../model/progression.ts'
import {defineFix, type Edit} from './fix.ts'
import {setPair} from './insert.ts'

/** Turns flags off in an environment that says nothing of them; `flags` are their names with blanks between. */
export const addFlag = defineFix<'environment' | 'flags'>({
  id: 'add-flag',
  title: ({environment, flags}) => (flags.includes(' ') ? `Turn these flags off in ${environment}` : `Turn ${flags} off in ${environment}`),
  edits({document, progression, arguments: {environment: name, flags: names}}) {
    const flags = environmentNamed(progression, name)?.flags
    if (flags?.state !== 'known') return undefined
    const [first, ...rest] = names
      .split(' ')
      .map(flag => setPair(document, flags.value.extent, flag, 'false'))
      .filter((edit): edit is Edit => edit !== undefined)
    if (!first) return undefined
    // All of them go in at the same place: one edit, in their order.
    return [{...first, text: [first, ...rest].map(({text}) => text).join('')}]
  },
})
