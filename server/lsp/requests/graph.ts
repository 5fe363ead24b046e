import {normalizeUri} from '../../document/uri.ts'
import {requests} from '../../protocol.ts'
import {defineRequest, textsOf} from './request.ts'

export const graph = defineRequest({
  method: requests.graph,
  handle(parameters, {operations, signal}) {
    const {uri} = textsOf(parameters, 'uri')
    return operations.graph(uri === undefined ? {} : {uri: normalizeUri(uri)}, signal)
  },
})
