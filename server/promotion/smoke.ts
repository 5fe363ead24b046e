import type {KubernetesObject} from '../model/manifests.ts'
import type {SmokeTest} from '../model/promotion.ts'
import type {Say} from './insist.ts'
import type {Site} from './site.ts'
import {checkService, checkUrl} from './smoke-http.ts'
import {runSmokeJob} from './smoke-job.ts'
import {pass, type Verdict} from './verdict.ts'
import {count} from './words.ts'

/** What a smoke test judges: the workloads as they were applied, and the revision they make. */
export type Judged = {readonly applied: readonly KubernetesObject[]; readonly release: string; readonly revision: number}

/** Runs the smoke tests one after the other; the first that does not pass decides. */
export async function smoke(site: Site, tests: readonly SmokeTest[], judged: Judged, say: Say, signal: AbortSignal): Promise<Verdict> {
  for (const test of tests) {
    const verdict = await run(site, test, judged, say, signal)
    if (verdict.verdict !== 'pass') return verdict
    say(verdict.message)
  }
  return pass(tests.length === 0 ? 'no smoke test is configured' : `${count(tests.length, 'smoke test')} passed`)
}

function run(site: Site, test: SmokeTest, judged: Judged, say: Say, signal: AbortSignal): Promise<Verdict> {
  switch (test.kind) {
    case 'http':
      return checkService(site, test, judged, say, signal)
    case 'url':
      return checkUrl(test, say, signal)
    case 'job':
      return runSmokeJob(site, test, judged, say, signal)
  }
}
