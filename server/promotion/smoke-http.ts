import {request as httpRequest} from 'node:http'
import {request as httpsRequest} from 'node:https'
import type {Duplex} from 'node:stream'
import {isReady, isTerminating} from '../cluster/pod.ts'
import {connectToPod} from '../cluster/port-forward.ts'
import {backoff, waitFor} from '../cluster/request.ts'
import {resources} from '../cluster/resource.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import type {HttpCheck, SmokeTest} from '../model/promotion.ts'
import {exchange, judgeAnswer} from './http-check.ts'
import type {Say} from './insist.ts'
import {isWorkload, NamespaceView} from './namespace-view.ts'
import type {PodSpec} from './pod-template.ts'
import type {Site} from './site.ts'
import type {Judged} from './smoke.ts'
import {fail, inconclusive, pass, stopped, type Verdict} from './verdict.ts'
import {count} from './words.ts'

type ServiceTest = Extract<SmokeTest, {kind: 'http'}>
type UrlTest = Extract<SmokeTest, {kind: 'url'}>
/** What one try found. `unknown`: the way there was closed, which says nothing of the release. */
type Try = {readonly result: 'passed'} | {readonly result: 'wrong' | 'unknown'; readonly message: string}

/** Asks a ready pod of the new revision, over a port-forward, until every check passes or the time is over. */
export async function checkService(site: Site, test: ServiceTest, {applied}: Judged, say: Say, signal: AbortSignal): Promise<Verdict> {
  const workloads = applied.filter(isWorkload)
  const view = await NamespaceView.open(site, workloads, signal)
  try {
    const title = `${count(test.checks.length, 'request')} to ${test.service}:${test.port}`
    return await retry(title, test, say, signal, async check => {
      const door = await findDoor(site, view, workloads, test, signal)
      if ('message' in door) return door
      const opened = await connectToPod(site.connection, site.target.namespace, door.pod, door.port, signal)
      if (!opened.ok) return {result: 'unknown', message: opened.error.message}
      const stream: Duplex = opened.value
      const host = `${test.service}.${site.target.namespace}`
      return tryOne(check, `http://${host}`, door.pod, signal, options => httpRequest({...options, createConnection: () => stream})).finally(() =>
        stream.destroy(),
      )
    })
  } finally {
    view.close()
  }
}

/** Asks an address, until every check passes or the time is over. */
export function checkUrl(test: UrlTest, say: Say, signal: AbortSignal): Promise<Verdict> {
  const send = test.url.startsWith('https:') ? httpsRequest : httpRequest
  return retry(`${count(test.checks.length, 'request')} to ${test.url}`, test, say, signal, check =>
    tryOne(check, test.url, test.url, signal, options => send(options)),
  )
}

async function retry(
  title: string,
  {checks, timeout}: ServiceTest | UrlTest,
  say: Say,
  signal: AbortSignal,
  attempt: (check: HttpCheck) => Promise<Try>,
): Promise<Verdict> {
  const began = performance.now()
  for (const check of checks) {
    for (let tries = 0; ; tries++) {
      const outcome = await attempt(check)
      if (signal.aborted) return stopped('stopped during the smoke tests')
      if (outcome.result === 'passed') break
      if (performance.now() - began >= timeout) {
        const message = `smoke test: ${outcome.message} (tried for ${Math.round(timeout / 1000)} s)`
        return outcome.result === 'wrong' ? fail(message) : inconclusive(message)
      }
      if (tries === 0) say(`${outcome.message}; trying again`)
      await waitFor(Math.min(backoff(tries), timeout - (performance.now() - began)), signal)
    }
  }
  return pass(`${title}: passed`)
}

async function tryOne(check: HttpCheck, base: string, who: string, signal: AbortSignal, open: Parameters<typeof exchange>[2]): Promise<Try> {
  const answer = await exchange(check, base, open, signal)
  if ('problem' in answer) return {result: 'wrong', message: `${who} does not answer ${check.method} ${check.path}: ${answer.problem}`}
  const wrong = judgeAnswer(check, answer)
  return wrong === undefined ? {result: 'passed'} : {result: 'wrong', message: `${who} answers ${check.method} ${check.path} with ${wrong}`}
}

type Service = {readonly selector?: Readonly<Record<string, string>>; readonly ports?: readonly {name?: string; port: number; targetPort?: number | string}[]}

/** A ready pod of the new revision behind the service, and its port. */
async function findDoor(
  site: Site,
  view: NamespaceView,
  workloads: readonly KubernetesObject[],
  test: ServiceTest,
  signal: AbortSignal,
): Promise<{pod: string; port: number} | (Try & {message: string})> {
  const found = await site.connection.objects.find(resources.services, site.target.namespace, test.service, signal)
  if (!found.ok) return {result: 'unknown', message: found.error.message}
  if (found.value === undefined) return {result: 'wrong', message: `there is no Service ${test.service} in namespace ${site.target.namespace}`}
  const {selector = {}, ports = []} = (found.value.spec ?? {}) as Service
  const port = ports.find(({name, port: number}) => name === test.port || String(number) === test.port)
  if (port === undefined) return {result: 'wrong', message: `Service ${test.service} has no port ${test.port}`}
  const pods = view.pods.items.filter(pod => Object.entries(selector).every(([name, value]) => pod.metadata.labels?.[name] === value))
  const old = new Set(workloads.flatMap(applied => oldPods(view, applied)))
  const pod = pods.find(candidate => isReady(candidate) && !isTerminating(candidate) && !old.has(candidate.metadata.name))
  if (pod === undefined) return {result: 'unknown', message: view.problem?.message ?? `no ready pod of the new revision is behind Service ${test.service}`}
  const wanted = port.targetPort ?? port.port
  const number = typeof wanted === 'number' ? wanted : namedPort(pod, wanted)
  return number === undefined ? {result: 'wrong', message: `pod ${pod.metadata.name} has no port named ${wanted}`} : {pod: pod.metadata.name, port: number}
}

function oldPods(view: NamespaceView, applied: KubernetesObject): readonly string[] {
  const workload = view.workload(applied)
  if (workload === undefined) return []
  return view
    .podsOf(workload)
    .filter(pod => !view.isNew(pod, workload))
    .map(({metadata}) => metadata.name)
}

const namedPort = (pod: KubernetesObject, name: string): number | undefined =>
  ((pod.spec ?? {}) as PodSpec).containers?.flatMap(({ports = []}) => ports).find(port => port.name === name)?.containerPort
