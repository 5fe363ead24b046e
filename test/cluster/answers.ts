import type {IncomingHttpHeaders} from 'node:http'
import type {KubernetesObject} from './api.ts'

type Probe = {httpGet?: {path?: string}}
type Variable = {name: string; value?: string; valueFrom?: {configMapKeyRef?: {name: string; key: string}}}
export type Container = {
  name: string
  image: string
  ports?: {containerPort: number; name?: string; protocol?: string}[]
  env?: Variable[]
  envFrom?: {prefix?: string; configMapRef?: {name: string}}[]
  readinessProbe?: Probe
  livenessProbe?: Probe
  startupProbe?: Probe
}
export type Pod = KubernetesObject & {spec: {containers: Container[]; nodeName?: string}}

/** What an answer may depend on: the container that listens on `port`, and its environment as far as ConfigMaps and plain values give it. */
export type AnsweringPod = {
  readonly namespace: string
  readonly name: string
  readonly image: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly environment: Readonly<Record<string, string>>
  readonly container: Container
  readonly port: number
}
export type PodRequest = {readonly method: string; readonly path: string; readonly headers: IncomingHttpHeaders}
/** An object as body is sent as JSON. */
export type Answer = {readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | object}
/** Decides what a pod answers; `undefined` leaves it to `defaultAnswer`. */
export type Answering = (pod: AnsweringPod, request: PodRequest) => Answer | undefined | Promise<Answer | undefined>

/** A JSON map from path (or `*` for every other one) to an answer. */
export const answersAnnotation = 'sim.progression.dev/answers'

/**
 * What a pod answers where nobody decides: what its annotation `sim.progression.dev/answers` says, else 200 on `/`,
 * `/healthz` and the paths of its own probes, its version on `/api/version`, and 404 elsewhere.
 */
export function defaultAnswer(pod: AnsweringPod, {path}: PodRequest): Answer {
  const [bare = path] = path.split('?')
  const declared = pod.annotations[answersAnnotation]
  if (declared !== undefined) {
    const answers = parseAnswers(declared)
    if (typeof answers === 'string') return {status: 500, body: answers}
    const answer = answers[path] ?? answers[bare] ?? answers['*']
    if (answer !== undefined) return answer
  }
  if (bare === '/api/version') return {status: 200, body: {version: versionOf(pod.image), image: pod.image}}
  const {readinessProbe, livenessProbe, startupProbe} = pod.container
  const probed = [readinessProbe, livenessProbe, startupProbe].map(probe => probe?.httpGet?.path)
  if (['/', '/healthz', ...probed].includes(bare)) return {status: 200, body: 'ok\n'}
  return {status: 404, body: `${pod.name} has nothing at ${bare}\n`}
}

/** The tag of an image reference, or its digest where it has no tag. */
export function versionOf(image: string): string {
  const [reference = image, digest] = image.split('@')
  return /:([^/:]+)$/.exec(reference)?.[1] ?? digest ?? 'latest'
}

/** The message, where the annotation is no map of answers: whoever wrote it reads it in the answer. */
function parseAnswers(text: string): Record<string, Answer> | string {
  try {
    return JSON.parse(text) as Record<string, Answer>
  } catch (error) {
    return `The annotation ${answersAnnotation} is no JSON: ${(error as Error).message}\n`
  }
}
