import {environmentNamed} from '../model/progression.ts'
import {defineFix} from './fix.ts'
import {setPair} from './insert.ts'

/** Lets the CI system keep watch over the promotions of an environment. */
export const runInCi = defineFix<'environment'>({
  id: 'run-in-ci',
  title: ({environment}) => `Let CI keep watch over ${environment}`,
  edits({document, progression, arguments: {environment: name}}) {
    const environment = environmentNamed(progression, name)
    const edit = environment && setPair(document, environment.extent, 'runner', 'ci', value => value === null || value === 'client')
    return edit && [edit]
  },
})
