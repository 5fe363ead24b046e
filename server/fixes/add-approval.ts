import {environmentNamed} from '../model/progression.ts'
import {defineFix} from './fix.ts'
import {setPair} from './insert.ts'

/** Asks one other person before an environment is changed. */
export const addApproval = defineFix<'environment'>({
  id: 'add-approval',
  title: ({environment}) => `Ask somebody else before ${environment} is changed`,
  edits({document, progression, arguments: {environment: name}}) {
    const environment = environmentNamed(progression, name)
    const edit = environment?.approval.state === 'absent' ? setPair(document, environment.extent, 'approval', '{required: 1, notRequester: true}') : undefined
    return edit && [edit]
  },
})
