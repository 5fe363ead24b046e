import {field, isJson, type Json} from '../manifests.ts'
import {defineComparison, type Sides} from './comparison.ts'
import {type Aspect, differences} from './difference.ts'
import {normal, withDefaults} from './normal.ts'
import type {Compared} from './objects.ts'
import {quantity} from './quantity.ts'

/** One finding a pair. How many pods there may be is parity/replicas' business where both environments have the workload. */
export const parityAutoscaling = defineComparison({
  title: 'Environments scale differently',
  subject: 'autoscaling',
  kinds: new Set(['HorizontalPodAutoscaler', 'ScaledObject']),
  compare: (earlier, later, sides) => differences(aspects(earlier, hasTarget(earlier, sides)), aspects(later, hasTarget(later, sides))),
  isToldAlone: (scaler, sides) => hasTarget(scaler, sides) || !isRendered(scaler, sides),
})

const isTarget = ({object}: Compared, {kind, name}: Json): boolean => object.kind === (kind ?? 'Deployment') && object.metadata.name === name

const targetOf = ({object}: Compared): Json => withDefaults(field(object, 'spec', 'scaleTargetRef'), {})

/** Whether both environments have what is scaled. */
const hasTarget = (scaler: Compared, {matched}: Sides): boolean => matched.both.some(pair => pair.some(one => isTarget(one, targetOf(scaler))))

const isRendered = (scaler: Compared, {earlier, later}: Sides): boolean => [...earlier, ...later].some(one => isTarget(one, targetOf(scaler)))

function aspects({kind, object, words}: Compared, isCounted: boolean): readonly Aspect[] {
  const {spec} = object
  const limits = kind === 'ScaledObject' ? ['minReplicaCount', 'maxReplicaCount'] : ['minReplicas', 'maxReplicas']
  const found = (isCounted ? [] : limits).map((key): [string, unknown] => [key, field(spec, key)])
  const rest = kind === 'ScaledObject' ? keda(spec) : pods(spec)
  return [...found, ...Object.entries(rest)].flatMap(([key, value]) => {
    if (value === undefined || value === null) return []
    return [{path: `spec.${key}`, label: key.replace(/^metrics\./, '').replaceAll('.', ' '), normal: normal(value, words), amount: quantity(value)}]
  })
}

/** Defaults of autoscaling/v2 (pkg/apis/autoscaling/v2/defaults.go). */
const usualBehavior = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      {type: 'Pods', value: 4, periodSeconds: 15},
      {type: 'Percent', value: 100, periodSeconds: 15},
    ],
  },
  scaleDown: {stabilizationWindowSeconds: 300, selectPolicy: 'Max', policies: [{type: 'Percent', value: 100, periodSeconds: 15}]},
}

/** Targets by metric, whichever version of the API they are written in, and the behaviour. */
function pods(spec: unknown): Json {
  const old = field(spec, 'targetCPUUtilizationPercentage')
  const metrics = field(spec, 'metrics')
  const written = Array.isArray(metrics) && metrics.length > 0 ? metrics : undefined
  const targets = written?.map(metricOf) ?? [['metrics.cpu utilization', old ?? 80]]
  const behavior = Object.entries(usualBehavior).flatMap(([direction, usual]) =>
    Object.entries(withDefaults(field(spec, 'behavior', direction), usual)).map(([key, value]) => [`behavior.${direction}.${key}`, value]),
  )
  return Object.fromEntries([...targets, ...behavior])
}

function metricOf(metric: unknown): readonly [string, unknown] {
  const type = String(field(metric, 'type'))
  const details = field(metric, `${type.charAt(0).toLowerCase()}${type.slice(1)}`)
  const name = [field(details, 'name') ?? field(details, 'metric', 'name') ?? type, field(details, 'container')].filter(one => one !== undefined).join(' of ')
  const target = withDefaults(field(details, 'target'), {})
  const key = ['averageUtilization', 'averageValue', 'value'].find(one => target[one] !== undefined)
  return [`metrics.${name} ${key === 'averageUtilization' ? 'utilization' : (key ?? 'target')}`, key ? target[key] : normal(target)]
}

const places: ReadonlySet<string> = new Set(['serverAddress', 'namespace', 'host', 'address', 'url', 'tenantId', 'subscriptionId'])

/** keda.sh/v1alpha1: what triggers ask, without where they ask it. */
function keda(spec: unknown): Json {
  const triggers = field(spec, 'triggers')
  const found = (Array.isArray(triggers) ? triggers : []).map((trigger, index) => {
    const metadata = field(trigger, 'metadata')
    const asked = Object.entries(isJson(metadata) ? metadata : {}).filter(([key]) => !places.has(key))
    return [`triggers.${String(field(trigger, 'name') ?? index)}`, {type: field(trigger, 'type'), ...Object.fromEntries(asked)}]
  })
  return {pollingInterval: field(spec, 'pollingInterval') ?? 30, cooldownPeriod: field(spec, 'cooldownPeriod') ?? 300, ...Object.fromEntries(found)}
}
