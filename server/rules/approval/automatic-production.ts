import {known} from '../../model/fact.ts'
import type {Environment} from '../../model/progression.ts'
import {isProduction} from '../../model/progression.ts'
import {field, renderedTargets} from '../manifests.ts'
import {defineRule, type Report} from '../rule.ts'

/**
 * A production that changes without anybody's yes: a transition that says so, or an Application among its objects that Argo CD syncs
 * as soon as Git changes. `prune: false` is no approval: it keeps objects, and changes them all the same.
 */
export const automaticProduction = defineRule({
  title: 'Production changes by itself',
  level: 'warning',
  needs: 'manifests',
  check({environments, transitions}, report) {
    for (const environment of environments.items.filter(isProduction)) {
      const {name, approval} = environment
      for (const {to, automatic, at} of transitions.items) {
        if (to !== name || automatic.state !== 'known' || !automatic.value || approval.state !== 'absent') continue
        report(at, `A release goes on to ${name} by itself, and nobody approves it. Add approval:, or let a person start it.`)
      }
      synced(environment, report)
    }
  },
})

function synced(environment: Environment, report: Report): void {
  const targets = renderedTargets(environment)
  const manifests = (targets.state === 'known' ? targets : known([], environment.at)).value.flatMap(target => target.manifests)
  const automatic = manifests.filter(({object}) => isApplication(object) && isAutomatic(object.spec))
  const [first] = automatic
  if (!first) return
  const names = automatic.map(({object}) => object.metadata.name)
  report(
    environment.at,
    `Argo CD syncs ${names.slice(0, 3).join(', ')} of ${environment.name} as soon as Git changes, whatever is approved here. Take syncPolicy.automated out, and let the promotion change what is synced.`,
    {related: automatic.flatMap(({at, object}) => (at ? [{at, message: `${object.metadata.name} comes from here.`}] : []))},
  )
}

const isApplication = ({apiVersion, kind}: {readonly apiVersion: string; readonly kind: string}): boolean =>
  kind === 'Application' && apiVersion.startsWith('argoproj.io/')

/** Since Argo CD 3.1 `enabled: false` turns it off (argo-cd docs/user-guide/auto_sync.md). */
const isAutomatic = (spec: unknown): boolean => {
  const automated = field(spec, 'syncPolicy', 'automated')
  return automated !== undefined && automated !== null && automated !== false && field(automated, 'enabled') !== false
}
