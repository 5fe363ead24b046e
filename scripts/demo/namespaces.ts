import {type Api, ApiError} from '../../test/cluster/api.ts'

/** Makes the namespaces the example promotes to, as the platform's people would: they are prerequisites of a promotion. */
export async function createNamespaces(api: Api, names: readonly string[], signal: AbortSignal): Promise<void> {
  for (const name of names) {
    await api.create('/api/v1/namespaces', {metadata: {name}}, {signal}).catch(error => {
      if (!(error instanceof ApiError && error.status === 409)) throw error
    })
  }
}
