import type {KubernetesObject} from '../../model/manifests.ts'
import {field, isJson, renderedTargets} from '../manifests.ts'
import {defineRule} from '../rule.ts'
import {inWords} from '../words.ts'

/** Policies among the objects of an environment that only watch: Kyverno, the API server's own and Gatekeeper's. */
export const policyNotEnforced = defineRule({
  title: 'Policy only watches',
  level: 'off',
  needs: 'manifests',
  check({environments}, report) {
    for (const environment of environments.items) {
      const targets = renderedTargets(environment)
      if (targets.state !== 'known') continue
      const watching = targets.value.flatMap(({manifests}) => manifests).filter(({object}) => onlyWatches(object))
      if (watching.length === 0) continue
      const names = [...new Set(watching.map(({object}) => `${object.kind} ${object.metadata.name}`))]
      report(
        environment.at,
        `${inWords(names, 3)} of ${environment.name} ${names.length === 1 ? 'reports what it forbids and lets it through' : 'report what they forbid and let it through'}. Enforce ${names.length === 1 ? 'it' : 'them'} once ${environment.name} is clean.`,
        {related: watching.flatMap(({at, object}) => (at ? [{at, message: `${object.metadata.name} comes from here.`}] : []))},
      )
    }
  },
})

/**
 * Kyverno's failureAction, validationFailureAction before 1.13 with Audit as its default (kyverno.io/docs/policy-types); the
 * binding's validationActions without Deny (kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy);
 * Gatekeeper's enforcementAction (open-policy-agent.github.io/gatekeeper/website/docs/violations).
 */
function onlyWatches({apiVersion, kind, spec}: KubernetesObject): boolean {
  if (apiVersion.startsWith('kyverno.io/') && /^(Cluster)?Policy$/.test(kind)) {
    const rules = field(spec, 'rules')
    const validating = Array.isArray(rules) ? rules.filter(rule => isJson(rule) && isJson(rule.validate)) : []
    const whole = field(spec, 'validationFailureAction')
    return validating.length > 0 && validating.every(rule => !/^enforce$/i.test(String(field(rule, 'validate', 'failureAction') ?? whole ?? 'Audit')))
  }
  if (kind === 'ValidatingAdmissionPolicyBinding' && apiVersion.startsWith('admissionregistration.k8s.io/')) {
    const actions = field(spec, 'validationActions')
    return Array.isArray(actions) && !actions.includes('Deny')
  }
  return apiVersion.startsWith('constraints.gatekeeper.sh/') && /^(dryrun|warn)$/.test(String(field(spec, 'enforcementAction')))
}
