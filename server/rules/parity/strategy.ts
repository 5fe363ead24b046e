import {field, isJson, type Json} from '../manifests.ts'
import {defineComparison} from './comparison.ts'
import {type Aspect, differences} from './difference.ts'
import {normal, withDefaults} from './normal.ts'
import type {Compared} from './objects.ts'

/** One finding a pair. */
export const parityStrategy = defineComparison({
  title: 'Environments roll out differently',
  subject: 'rollout strategy',
  kinds: new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout']),
  compare: (earlier, later) => differences(aspects(earlier), aspects(later)),
})

function aspects({kind, object, words}: Compared): readonly Aspect[] {
  const {spec} = object
  const common = {minReadySeconds: field(spec, 'minReadySeconds') ?? 0, ...ofKind(kind, spec)}
  return Object.entries(common).flatMap(([key, value]) => leaves(`spec.${key}`, key, value, words))
}

/** What a kind says of its rollouts, with the defaults of apps/v1 (pkg/apis/apps/v1/defaults.go) and argoproj.io/v1alpha1. */
function ofKind(kind: string, spec: unknown): Json {
  const progressDeadlineSeconds = field(spec, 'progressDeadlineSeconds') ?? 600
  if (kind === 'Deployment') return {progressDeadlineSeconds, strategy: rolling(field(spec, 'strategy'), {maxSurge: '25%', maxUnavailable: '25%'})}
  if (kind === 'DaemonSet') return {updateStrategy: rolling(field(spec, 'updateStrategy'), {maxSurge: 0, maxUnavailable: 1})}
  if (kind === 'StatefulSet') {
    const podManagementPolicy = field(spec, 'podManagementPolicy') ?? 'OrderedReady'
    return {podManagementPolicy, updateStrategy: rolling(field(spec, 'updateStrategy'), {partition: 0})}
  }
  const canary = field(spec, 'strategy', 'canary')
  const strategy = isJson(canary) ? {canary: withDefaults(canary, {maxSurge: '25%', maxUnavailable: '25%'})} : field(spec, 'strategy')
  return {progressDeadlineSeconds, strategy}
}

function rolling(strategy: unknown, defaults: Json): Json {
  const type = field(strategy, 'type') ?? 'RollingUpdate'
  return type === 'RollingUpdate' ? {type, rollingUpdate: withDefaults(field(strategy, 'rollingUpdate'), defaults)} : {type}
}

/** Each value by itself; a list as a whole, since the steps of a canary mean something in their order only. */
function leaves(path: string, label: string, value: unknown, words: readonly string[]): readonly Aspect[] {
  if (isJson(value))
    return Object.entries(value).flatMap(([key, one]) => leaves(`${path}.${key}`, key === 'type' || key === 'rollingUpdate' ? label : key, one, words))
  if (value === undefined || value === null) return []
  return [{path, label, normal: normal(value, words), amount: typeof value === 'number' ? value : undefined}]
}
