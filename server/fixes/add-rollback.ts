import {environmentNamed} from '../model/progression.ts'
import {defineFix} from './fix.ts'
import {insertPair, replaceNull} from './insert.ts'

const value = '{within: 60s}'

/** Rolls an environment back by itself when a step after its deployment fails. */
export const addRollback = defineFix<'environment'>({
  id: 'add-rollback',
  title: ({environment}) => `Roll ${environment} back automatically`,
  edits({document, progression, arguments: {environment: name}}) {
    const environment = environmentNamed(progression, name)
    if (environment?.rollback.state !== 'absent') return undefined
    const {rollback, at, extent} = environment
    const isWritten = rollback.at.block !== at.block || rollback.at.start !== at.start
    const edit = isWritten ? replaceNull(document, rollback.at, value) : insertPair(document, extent, `rollback: ${value}`)
    return edit && [edit]
  },
})
