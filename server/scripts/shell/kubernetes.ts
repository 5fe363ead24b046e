import type {Span} from '../span.ts'
import {type Command, hasOption, lastOf, type Options, type Outcome, optionsOf} from './command.ts'
import {from, literal, textOf, unclear, type Value} from './value.ts'

/** Going back, as a script asks for it. */
export type RollbackCall = {
  readonly tool: 'kubectl' | 'helm'
  /** `deployment`, in the singular and lower case; undefined for a release of Helm, and where it is not known. */
  readonly kind: string | undefined
  readonly name: Value
  readonly namespace: Value | undefined
  readonly context: Value | undefined
  readonly revision: Value | undefined
  /** Where the revision stands. */
  readonly revisionAt: Span | undefined
}

/** What a command does to a cluster: it changes what runs, waits until that runs, goes back, or only looks. */
export type ClusterCall = {readonly does: 'deploy' | 'wait' | 'look'; readonly rollback?: RollbackCall; readonly outcome: Outcome}

const valued = new Set(
  `n namespace context cluster user kubeconfig s server l selector f filename k kustomize o output timeout to-revision replicas revision
   field-selector as token image type p patch template c container for kube-context history-max version values set set-string set-file
   post-renderer description max from-literal from-file from-env-file request-timeout retries v`.split(/\s+/),
)

export function clusterCallOf(command: Command): ClusterCall | undefined {
  if (command.name === 'kubectl' || command.name === 'oc') return kubectl(command, optionsOf(command, valued))
  if (command.name === 'helm') return helm(command, optionsOf(command, valued))
  return undefined
}

const unknownOutcome: Outcome = {verdict: undefined, output: unclear}
const goesWell: Outcome = {verdict: true, output: unclear}

function kubectl(command: Command, options: Options): ClusterCall {
  const [verb, second] = options.rest.map(textOf)
  const dry = hasOption(options, 'dry-run')
  if (verb === 'rollout' && second === 'undo')
    return {does: dry ? 'look' : 'deploy', rollback: dry ? undefined : undoOf(command, options), outcome: unknownOutcome}
  if (verb === 'rollout' && second === 'status') return {does: 'wait', outcome: unknownOutcome}
  if (verb === 'wait') return {does: 'wait', outcome: unknownOutcome}
  if (verb === 'rollout' && second === 'restart') return {does: 'deploy', outcome: goesWell}
  if (verb === 'rollout' && second === 'history')
    return {
      does: 'look',
      outcome: {verdict: true, output: command.isOpen || hasOption(options, 'o', 'output', 'revision') ? unclear : from({kind: 'history', tool: 'kubectl'})},
    }
  if (verb === 'set' && (second === 'image' || second === 'env')) return {does: dry ? 'look' : 'deploy', outcome: goesWell}
  if (verb === 'apply' || verb === 'replace') return {does: dry || !isWorkload(options) ? 'look' : 'deploy', outcome: goesWell}
  if (verb === 'get') {
    const output = textOf(lastOf(options, 'o', 'output') ?? [])
    const asks = output?.includes('deployment\\.kubernetes\\.io/revision')
    return {does: 'look', outcome: {verdict: true, output: asks ? from({kind: 'latest-revision', tool: 'kubectl', deployments: 0}) : unclear}}
  }
  if (verb === 'exec' || verb === 'run' || verb === undefined || verb === 'debug') return {does: 'wait', outcome: unknownOutcome}
  return {does: 'look', outcome: goesWell}
}

/** Overlays and folders hold what is deployed; a single file may as well be a Job or a ConfigMap. */
function isWorkload(options: Options): boolean {
  if (hasOption(options, 'k', 'kustomize')) return true
  const files = [...(options.given.get('f') ?? []), ...(options.given.get('filename') ?? [])].map(textOf)
  return files.some(
    file =>
      file !== undefined &&
      (/\/$|^\.$/.test(file) || /deploy|manifest|app|release|workload|overlay/.test(file)) &&
      !/job|smoke|test|migrat|secret|config/.test(file),
  )
}

function undoOf(command: Command, options: Options): RollbackCall {
  const [target, named] = options.rest.slice(2)
  const written = target && textOf(target)
  const [kind, name] = written?.includes('/') ? written.split('/', 2) : [written, undefined]
  const revisionAt = options.places.get('to-revision')?.at(-1)
  return {
    tool: 'kubectl',
    kind: command.isOpen ? undefined : kindOf(kind ?? headOf(target)),
    name: name !== undefined ? literal(name) : written === undefined && target ? unclear : (named ?? unclear),
    namespace: lastOf(options, 'n', 'namespace'),
    context: lastOf(options, 'context'),
    revision: lastOf(options, 'to-revision'),
    revisionAt,
  }
}

/** `deployment/` of `deployment/$NAME`. */
const headOf = (value: Value | undefined): string | undefined => {
  const head = value?.[0]
  return typeof head === 'string' && head.includes('/') ? head.split('/')[0] : undefined
}

const kinds: Readonly<Record<string, string>> = {
  deploy: 'deployment',
  deployments: 'deployment',
  sts: 'statefulset',
  statefulsets: 'statefulset',
  ds: 'daemonset',
  daemonsets: 'daemonset',
}

const kindOf = (written: string | undefined): string | undefined => {
  const lower = written?.toLowerCase().replace(/\.apps$/, '')
  return lower && (kinds[lower] ?? lower)
}

function helm(command: Command, options: Options): ClusterCall {
  const [verb] = options.rest.map(textOf)
  const waits = hasOption(options, 'wait', 'atomic', 'rollback-on-failure', 'wait-for-jobs')
  if (verb === 'rollback') {
    const [, name = unclear, revision] = options.rest
    const index = command.arguments.indexOf(revision ?? [])
    const rollback: RollbackCall = {
      tool: 'helm',
      kind: undefined,
      name,
      namespace: lastOf(options, 'n', 'namespace'),
      context: lastOf(options, 'kube-context'),
      revision,
      revisionAt: command.places[index],
    }
    return {does: waits ? 'wait' : 'deploy', rollback: hasOption(options, 'dry-run') ? undefined : rollback, outcome: unknownOutcome}
  }
  if (verb === 'upgrade' || verb === 'install')
    return {does: hasOption(options, 'dry-run') ? 'look' : waits || command.isOpen ? 'wait' : 'deploy', outcome: waits ? unknownOutcome : goesWell}
  if (verb === 'history') {
    const isWhole = !command.isOpen && !hasOption(options, 'o', 'output', 'max')
    return {does: 'look', outcome: {verdict: true, output: isWhole ? from({kind: 'history', tool: 'helm'}) : unclear}}
  }
  if (verb === 'test' || verb === undefined) return {does: 'wait', outcome: unknownOutcome}
  return {does: 'look', outcome: goesWell}
}
