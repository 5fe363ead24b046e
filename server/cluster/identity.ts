import type {Connection} from './connection.ts'
import {failed, type Result, succeeded} from './errors.ts'
import {resources} from './resource.ts'

export type Identity = {
  /** Who the API server says we are; the kubeconfig's name for the user where it does not say. */
  readonly user: string
  readonly groups: readonly string[]
  /** uid of the namespace kube-system: the nearest thing to an identity that a cluster has. */
  readonly uid: string
}

type Review = {readonly status?: {readonly userInfo?: {readonly username?: string; readonly groups?: readonly string[]}}}

/** Asks who we are. Granted to every authenticated user since 1.28; an older or stricter cluster leaves the kubeconfig's name. */
export async function whoAmI(connection: Connection, signal: AbortSignal): Promise<Result<{user: string; groups: readonly string[]}>> {
  const answer = await connection.requests.send<Review>(
    {
      method: 'POST',
      path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      body: {apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview'},
      subject: {verb: 'create', resource: 'selfsubjectreviews', group: 'authentication.k8s.io'},
    },
    signal,
  )
  if (!answer.ok) {
    return answer.error.kind === 'notFound' || answer.error.kind === 'forbidden' ? succeeded({user: connection.requests.asker.user, groups: []}) : answer
  }
  const {username = connection.requests.asker.user, groups = []} = answer.value.status?.userInfo ?? {}
  connection.requests.named(username)
  return succeeded({user: username, groups})
}

/** The cluster's uid. Needs `get` on the namespace kube-system. */
export async function clusterUid(connection: Connection, signal: AbortSignal): Promise<Result<string>> {
  const answer = await connection.objects.get(resources.namespaces, undefined, 'kube-system', signal)
  return answer.ok ? succeeded(answer.value.metadata.uid ?? '') : answer
}

/**
 * Makes sure that the context leads to the cluster the author meant: contexts are names on one machine, and the same name may be another
 * cluster on the next. Without an expected uid any cluster will do.
 */
export async function checkCluster(connection: Connection, name: string, expected: string | undefined, signal: AbortSignal): Promise<Result<void>> {
  if (expected === undefined) return succeeded(undefined)
  const actual = await clusterUid(connection, signal)
  if (!actual.ok) return actual
  if (actual.value === expected) return succeeded(undefined)
  const {context, server} = connection.requests.asker
  return failed(
    'wrongCluster',
    `Context ${context} leads to ${server}, which is not cluster ${name}: its uid is ${actual.value}, and ${expected} is expected. Nothing is written there. Choose another context with --context ${context}=NAME.`,
  )
}
