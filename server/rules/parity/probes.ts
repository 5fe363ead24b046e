import {field, isJson} from '../manifests.ts'
import {defineComparison} from './comparison.ts'
import {type Container, ofContainer, podKinds, sameContainers} from './containers.ts'
import {type Aspect, differences} from './difference.ts'
import {normal, withDefaults} from './normal.ts'
import type {Compared} from './objects.ts'

/** One finding a pair; of containers that both have. */
export const parityProbes = defineComparison({
  title: 'Environments probe their pods differently',
  subject: 'probes',
  kinds: podKinds,
  compare: (earlier, later) =>
    sameContainers(earlier, later).flatMap(([one, other]) =>
      ['startupProbe', 'readinessProbe', 'livenessProbe'].flatMap(probe => {
        const [before, after] = [aspects(earlier, one, probe), aspects(later, other, probe)]
        if (before.length > 0 && after.length > 0) return differences(before, after)
        const whole = (found: readonly Aspect[]): readonly Aspect[] =>
          found.length === 0 ? [] : [{path: `${one.path}.${probe}`, label: `${probe}${ofContainer(earlier, one)}`, normal: '', shown: ''}]
        return differences(whole(before), whole(after))
      }),
    ),
})

/** Defaults of v1.Probe (pkg/apis/core/v1/defaults.go). */
const timing = {initialDelaySeconds: 0, timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3}

function aspects(object: Compared, container: Container, probe: string): readonly Aspect[] {
  const written = container.json[probe]
  if (!isJson(written)) return []
  const of = `${probe}${ofContainer(object, container)}`
  const entries = Object.entries({...withDefaults(written, timing), ...handlers(written, container)})
  return entries.map(([key, value]) => ({
    path: `${container.path}.${probe}.${key}`,
    label: `${of} ${key}`,
    normal: normal(value, object.words),
    amount: typeof value === 'number' ? value : undefined,
  }))
}

/** What is asked, with defaults, names of ports as their numbers, and without the host, which is that of an environment. */
function handlers(probe: unknown, container: Container): Readonly<Record<string, unknown>> {
  const found: Record<string, unknown> = {}
  const [http, tcp, grpc] = ['httpGet', 'tcpSocket', 'grpc'].map(key => field(probe, key))
  if (isJson(http)) {
    const headers = Array.isArray(http.httpHeaders) ? http.httpHeaders.filter(one => String(field(one, 'name')).toLowerCase() !== 'host') : []
    found.httpGet = {
      scheme: http.scheme ?? 'HTTP',
      path: http.path ?? '/',
      port: portOf(http.port, container),
      headers: headers.length > 0 ? headers : undefined,
    }
  }
  if (isJson(tcp)) found.tcpSocket = {port: portOf(tcp.port, container)}
  if (isJson(grpc)) found.grpc = {port: grpc.port, service: grpc.service ?? ''}
  return found
}

function portOf(port: unknown, {json: {ports}}: Container): unknown {
  const named = Array.isArray(ports) ? ports.find(one => field(one, 'name') === port) : undefined
  return field(named, 'containerPort') ?? port
}
