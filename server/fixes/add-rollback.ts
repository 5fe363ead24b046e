import {environmentNamed} from '../model/progression.ts'
import {defineFix} from './fix.ts'
import {setPair} from './insert.ts'

/** Rolls an environment back by itself when a step after its deployment fails. */
export const addRollback = defineFix<'environment'>({
  id: 'add-rollback',
  title: ({environment}) => `Roll ${environment} back automatically`,
  edits({document, progression, arguments: {environment: name}}) {
    const environment = environmentNamed(progression, name)
    const edit = environment?.rollback.state === 'absent' ? setPair(document, environment.extent, 'rollback', '{within: 60s}') : undefined
    return edit && [edit]
  },
})
