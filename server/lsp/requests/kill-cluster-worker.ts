import {requests} from '../../protocol.ts'
import {defineRequest} from './request.ts'

/** Registered only where the client said that this is a test. */
export const killClusterWorker = defineRequest({
  method: requests.killClusterWorker,
  async handle(_parameters, {operations}) {
    await operations.killClusterWorker()
    return null
  },
})
