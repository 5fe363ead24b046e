import {normalizeUri} from '../../document/uri.ts'
import {requests} from '../../protocol.ts'
import {defineRequest, textsOf} from './request.ts'

export const checklist = defineRequest({
  method: requests.checklist,
  handle(parameters, {operations, signal}) {
    const {uri} = textsOf(parameters, 'uri')
    return operations.checklist(uri === undefined ? {} : {uri: normalizeUri(uri)}, signal)
  },
})
