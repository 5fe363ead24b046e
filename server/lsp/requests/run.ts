import {normalizeUri} from '../../document/uri.ts'
import type {RunParameters} from '../../protocol.ts'
import {requests} from '../../protocol.ts'
import {type CustomRequest, defineRequest, haveText, textsOf} from './request.ts'

/** Only what a plan bound by its digest says is carried out, so a run without one is not understood. */
function runOf(parameters: Readonly<Record<string, unknown>>): RunParameters | undefined {
  if (!haveText(parameters, 'uri', 'environment', 'planDigest')) return undefined
  const texts = textsOf(parameters, 'uri', 'progression', 'environment', 'planDigest', 'confirmation')
  const {uri = '', progression = '', environment = '', planDigest = '', confirmation} = texts
  return {uri: normalizeUri(uri), progression, environment, planDigest, confirmation}
}

export const promote: CustomRequest = defineRequest({
  method: requests.promote,
  title: 'Promoting',
  handle(parameters, {operations, progress, signal}) {
    const run = runOf(parameters)
    return run && operations.promote(run, progress, signal)
  },
})

export const rollback: CustomRequest = defineRequest({
  method: requests.rollback,
  title: 'Rolling back',
  handle(parameters, {operations, progress, signal}) {
    const run = runOf(parameters)
    return run && operations.rollback(run, progress, signal)
  },
})
