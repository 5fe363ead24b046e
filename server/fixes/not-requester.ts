import {environmentNamed} from '../model/progression.ts'
import {defineFix} from './fix.ts'
import {setPair} from './insert.ts'

/** Keeps the person who asks for a promotion from approving it. */
export const notRequester = defineFix<'environment'>({
  id: 'not-requester',
  title: ({environment}) => `Let somebody else approve ${environment}`,
  edits({document, progression, arguments: {environment: name}}) {
    const approval = environmentNamed(progression, name)?.approval
    const edit = approval?.state === 'known' ? setPair(document, approval.value.extent, 'notRequester', 'true', value => value !== true) : undefined
    return edit && [edit]
  },
})
