import {type Result, succeeded} from '../cluster/errors.ts'
import {jobStatus} from '../cluster/job.ts'
import {waitFor} from '../cluster/request.ts'
import {resources} from '../cluster/resource.ts'
import type {KubernetesObject} from '../model/manifests.ts'
import type {SmokeTest} from '../model/promotion.ts'
import {insist, patience, type Say} from './insist.ts'
import {annotations, dnsName} from './names.ts'
import type {Site} from './site.ts'
import type {Judged} from './smoke.ts'
import {fail, inconclusive, pass, stopped, type Verdict} from './verdict.ts'

type JobTest = Extract<SmokeTest, {kind: 'job'}>

const pollEvery = 500
/** The Job ends itself at its deadline; only when it has not said so by then, we stop waiting for it. Milliseconds. */
const grace = 15_000
/** A Job cleans up after itself, seconds. */
const timeToLive = 3600

/** Runs a Job named by the release. One that this revision already began is waited for; an older one makes room. */
export async function runSmokeJob(site: Site, test: JobTest, judged: Judged, say: Say, signal: AbortSignal): Promise<Verdict> {
  const job = smokeJob(site, test, judged)
  const began = performance.now()
  const started = await insist(() => start(site, job, say, signal), patience, say, signal)
  if (!started.ok) {
    if (signal.aborted) return stopped('stopped during the smoke tests')
    // A Job that cannot be made says nothing of the release.
    return inconclusive(`smoke test: ${started.error.message}`)
  }
  say(`${started.value ? 'Waits for' : 'Runs'} Job ${job.metadata.name}`)
  for (;;) {
    const found = await site.connection.objects.find(resources.jobs, site.target.namespace, job.metadata.name, signal)
    if (signal.aborted) return stopped(`stopped during the smoke tests; Job ${job.metadata.name} goes on`)
    if (found.ok && found.value === undefined) return inconclusive(`smoke test: Job ${job.metadata.name} was deleted before it ended`)
    const status = found.ok && found.value !== undefined ? jobStatus(found.value) : undefined
    if (status?.state === 'succeeded') return pass(status.message)
    if (status?.state === 'failed') return fail(`smoke test: ${status.message}`)
    if (performance.now() - began > test.timeout + grace) {
      return found.ok
        ? fail(`smoke test: Job ${job.metadata.name} did not end within ${Math.round(test.timeout / 1000)} s`)
        : inconclusive(`smoke test: ${found.error.message}`)
    }
    await waitFor(pollEvery, signal)
  }
}

/** Creates the Job; answers whether it was there already. */
async function start(site: Site, job: KubernetesObject, say: Say, signal: AbortSignal): Promise<Result<boolean>> {
  const {objects} = site.connection
  for (;;) {
    const created = await objects.create(resources.jobs, job, signal)
    if (created.ok) return succeeded(false)
    if (created.error.kind !== 'alreadyExists') return created
    const there = await objects.find(resources.jobs, job.metadata.namespace, job.metadata.name, signal)
    if (!there.ok) return there
    if (there.value === undefined) continue
    const sameRevision = there.value.metadata.annotations?.[annotations.revision] === job.metadata.annotations?.[annotations.revision]
    // A failed one of this revision is here because a person tries again: its verdict was about what was there then.
    if (sameRevision && there.value.metadata.deletionTimestamp === undefined && jobStatus(there.value).state !== 'failed') return succeeded(true)
    say(`Replaces Job ${job.metadata.name} of an earlier try`)
    const removed = await objects.remove(resources.jobs, there.value, signal)
    if (!removed.ok) return removed
    await waitFor(pollEvery, signal)
  }
}

function smokeJob({target}: Site, {job, timeout}: JobTest, {release, revision}: Judged): KubernetesObject {
  const spec = (job.spec ?? {}) as {template?: {spec?: object}}
  const template = {...spec.template, spec: {...spec.template?.spec, restartPolicy: 'Never'}}
  return {
    ...job,
    metadata: {
      ...job.metadata,
      name: dnsName(`${job.metadata.name}-${release}`, 63),
      namespace: target.namespace,
      annotations: {...job.metadata.annotations, [annotations.release]: release, [annotations.revision]: String(revision)},
    },
    spec: {...spec, template, backoffLimit: 0, activeDeadlineSeconds: Math.max(1, Math.ceil(timeout / 1000)), ttlSecondsAfterFinished: timeToLive},
  }
}
