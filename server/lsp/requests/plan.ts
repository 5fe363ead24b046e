import {normalizeUri} from '../../document/uri.ts'
import type {PlanParameters} from '../../protocol.ts'
import {requests} from '../../protocol.ts'
import {defineRequest, haveText, textsOf} from './request.ts'

export const plan = defineRequest({
  method: requests.plan,
  title: 'Planning',
  handle(parameters, {operations, signal}) {
    const {action, images} = parameters
    if (!haveText(parameters, 'uri', 'environment') || (action !== 'promote' && action !== 'rollback')) return undefined
    const {uri = '', progression = '', environment = '', release} = textsOf(parameters, 'uri', 'progression', 'environment', 'release')
    const named = Array.isArray(images) ? images.filter(image => typeof image === 'string') : undefined
    const request: PlanParameters = {uri: normalizeUri(uri), progression, environment, action, release, images: named}
    return operations.plan(request, signal)
  },
})
