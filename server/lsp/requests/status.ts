import {normalizeUri} from '../../document/uri.ts'
import {requests} from '../../protocol.ts'
import {defineRequest, textsOf} from './request.ts'

export const status = defineRequest({
  method: requests.status,
  title: 'Asking the clusters',
  handle(parameters, {operations, signal}) {
    const {uri, progression} = textsOf(parameters, 'uri', 'progression')
    return uri === undefined ? undefined : operations.status({uri: normalizeUri(uri), progression}, signal)
  },
})
