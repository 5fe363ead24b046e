import {isMessage} from '../addresses.ts'
import {field, renderedTargets} from '../manifests.ts'
import {defineRule, type Report} from '../rule.ts'
import {inLine, reportPiece, type ScriptUse, scriptsOf, subjectOf} from '../scripts.ts'

/** A test that asks before the new pods serve: the old ones answer, and they are fine. */
export const smokeBeforeRollout = defineRule({
  title: 'Smoke test asks before the rollout is complete',
  level: 'warning',
  needs: 'manifests',
  check(progression, report) {
    for (const use of scriptsOf(progression, ['smoke', 'load'])) {
      hasty(use, report)
      applied(use, report)
    }
  },
})

/** The script changes what runs and asks it at once. */
function hasty(use: ScriptUse, report: Report): void {
  const {script} = use
  const request = script.requests.find(one => one.hasty && !isMessage(one.url))
  if (!request?.hasty) return
  const {deployment, sleeps} = request.hasty
  const pause = sleeps ? ' The sleep between them waits for a time and for nothing else.' : ''
  const message = `${subjectOf(use)} can be answered by the old pods: ${script.called} deploys${inLine(deployment)} and asks${inLine(request)} without waiting for the rollout.${pause} Put kubectl rollout status with a --timeout between them.`
  reportPiece(report, use, request, message, {words: 'The request.', related: [{at: deployment.at, message: 'What is deployed, and not waited for.'}]})
}

/** The Job lies among the manifests too, so that it begins when they are applied. */
function applied(use: ScriptUse, report: Report): void {
  const {script, environment} = use
  const name = script.job?.name
  if (name === undefined) return
  const rendered = renderedTargets(environment)
  if (rendered.state !== 'known') return
  const same = rendered.value.flatMap(({manifests}) => manifests).find(({object}) => object.kind === 'Job' && object.metadata.name === name && !isHook(object))
  if (!same) return
  report(
    script.at,
    `The Job ${name} is among the manifests of ${environment.name} too, and so begins when they are applied, before the rollout is complete. Leave it out of them: it is created after the rollout.`,
    {related: same.at ? [{at: same.at, message: `${name} is among the manifests here.`}] : []},
  )
}

const isHook = (object: unknown): boolean =>
  ['argocd.argoproj.io/hook', 'helm.sh/hook'].some(key => field(object, 'metadata', 'annotations', key) !== undefined)
