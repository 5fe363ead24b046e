import {randomBytes} from 'node:crypto'
import {type Api, ApiError} from './api.ts'

/** Who may speak to the cluster, each as a context of its kubeconfig. `local` may do everything. */
export const identityNames = ['local', 'developer', 'viewer', 'approver', 'nobody'] as const
export type IdentityName = (typeof identityNames)[number]
export type Identity = {readonly name: IdentityName; readonly token: string; readonly group: string}

const groups: Record<IdentityName, string> = {
  local: 'system:masters',
  developer: 'progression:developers',
  viewer: 'progression:viewers',
  approver: 'progression:approvers',
  nobody: 'progression:nobodies',
}

/** Fresh tokens, for one cluster. */
export function makeIdentities(): readonly Identity[] {
  return identityNames.map(name => ({name, token: randomBytes(16).toString('hex'), group: groups[name]}))
}

/** The rows of the API server's `--token-auth-file`: token, user, uid, groups. */
export function tokenFile(identities: readonly Identity[]): string {
  return identities.map(({name, token, group}) => `${token},${name},${name},"${group}"\n`).join('')
}

type PolicyRule = {apiGroups: string[]; resources: string[]; resourceNames?: string[]; verbs: string[]}
const rule = (apiGroup: string, resources: string[], verbs: string[]): PolicyRule => ({apiGroups: [apiGroup], resources, verbs})

const read = ['get', 'list', 'watch']
const write = [...read, 'create', 'update', 'patch', 'delete']

/** What somebody who promotes needs, and no more: no Secrets, no RBAC, no other people's pods but those of stuck StatefulSets. */
const developer: PolicyRule[] = [
  rule('apps', ['deployments', 'statefulsets', 'daemonsets'], write),
  rule('apps', ['replicasets', 'controllerrevisions'], read),
  rule('', ['services', 'configmaps', 'serviceaccounts'], write),
  rule('', ['pods'], [...read, 'delete']),
  rule('', ['pods/log'], ['get']),
  rule('', ['pods/portforward'], ['get', 'create']),
  rule('', ['events', 'nodes', 'resourcequotas', 'limitranges', 'persistentvolumeclaims'], read),
  rule('', ['namespaces'], [...read, 'create', 'patch']),
  rule('batch', ['jobs', 'cronjobs'], write),
  rule('coordination.k8s.io', ['leases'], write),
  rule('networking.k8s.io', ['ingresses', 'networkpolicies'], write),
  rule('autoscaling', ['horizontalpodautoscalers'], write),
  rule('policy', ['poddisruptionbudgets'], write),
  rule('discovery.k8s.io', ['endpointslices'], read),
  rule('progression.dev', ['promotions'], ['promote', 'rollback']),
]

const viewer: PolicyRule[] = [
  rule('', ['*'], read),
  ...['apps', 'batch', 'autoscaling', 'policy', 'networking.k8s.io', 'coordination.k8s.io', 'discovery.k8s.io'].map(group => rule(group, ['*'], read)),
]

const approver: PolicyRule[] = [
  ...viewer,
  rule('progression.dev', ['promotions'], ['approve']),
  {apiGroups: [''], resources: ['configmaps'], resourceNames: ['progression-grants'], verbs: ['update', 'patch']},
]

/** Gives the identities their rights, in every namespace. `nobody` gets none. */
export async function grantRights(api: Api, signal?: AbortSignal): Promise<void> {
  const roles = {developer, viewer, approver}
  const path = '/apis/rbac.authorization.k8s.io/v1'
  await Promise.all(
    Object.entries(roles).map(async ([name, rules]) => {
      const role = `progression-${name}`
      await api.create(`${path}/clusterroles`, {metadata: {name: role}, rules}, {signal})
      const subjects = [{apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: groups[name as IdentityName]}]
      const roleRef = {apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role}
      await api.create(`${path}/clusterrolebindings`, {metadata: {name: role}, subjects, roleRef}, {signal})
    }),
  ).catch(error => {
    if (!(error instanceof ApiError && error.status === 409)) throw error
  })
}

/** A kubeconfig with a context for each identity; JSON, which is YAML too. `local` is current. */
export function kubeconfig(server: string, ca: string, identities: readonly Identity[]): string {
  const name = 'local'
  return JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{name, cluster: {server, 'certificate-authority-data': Buffer.from(ca).toString('base64')}}],
      users: identities.map(identity => ({name: identity.name, user: {token: identity.token}})),
      contexts: identities.map(identity => ({name: identity.name, context: {cluster: name, user: identity.name}})),
      'current-context': 'local',
    },
    undefined,
    2,
  )
}
