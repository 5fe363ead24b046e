import type {KubernetesObject, Manifest} from '../../model/manifests.ts'
import type {Environment} from '../../model/progression.ts'
import {field, renderedTargets} from '../manifests.ts'
import {defineRule} from '../rule.ts'
import {inWords} from '../words.ts'

/**
 * An environment that is rolled back by applying its objects again, while one of them tells Argo CD or Flux to keep the cluster as a
 * branch of Git says: the rollback changes nothing of what runs, or is undone at the next sync.
 */
export const rollbackGitopsReverts = defineRule({
  title: 'Rollback is undone from Git',
  level: 'warning',
  needs: 'manifests',
  check({environments}, report) {
    for (const environment of environments.items) {
      const {name, rollback, engine} = environment
      // Those go through Git, or through what follows it.
      if (rollback.state !== 'known' || (engine.state === 'known' && /^(git|kargo)$/.test(engine.value)) || engine.state === 'unknown') continue
      const following = syncing(environment)
      if (following.length === 0) continue
      const names = following.map(({object}) => `${object.kind} ${object.metadata.name}`)
      report(
        rollback.at,
        `${inWords(names, 3)} ${names.length === 1 ? 'keeps' : 'keep'} ${name} as a branch of Git says, so a rollback here is undone at the next sync. Roll back through Git: engine: git.`,
        {related: following.flatMap(({at, object}) => (at ? [{at, message: `${object.metadata.name} comes from here.`}] : []))},
      )
    }
  },
})

function syncing(environment: Environment): readonly Manifest[] {
  const targets = renderedTargets(environment)
  return targets.state === 'known' ? targets.value.flatMap(({manifests}) => manifests).filter(({object}) => followsBranch(object)) : []
}

/**
 * Argo CD puts back within seconds what it heals itself (argo-cd docs/user-guide/auto_sync.md); a tag or a commit as its revision comes
 * back with the rollback. Flux reconciles at every interval unless it is suspended (fluxcd.io/flux/components/kustomize).
 */
function followsBranch({apiVersion, kind, spec}: KubernetesObject): boolean {
  if (kind === 'Application' && apiVersion.startsWith('argoproj.io/')) {
    const automated = field(spec, 'syncPolicy', 'automated')
    const revision = field(spec, 'source', 'targetRevision') ?? 'HEAD'
    return field(automated, 'selfHeal') === true && field(automated, 'enabled') !== false && /^(HEAD|main|master|develop|trunk)$/.test(String(revision))
  }
  return kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/') && field(spec, 'suspend') !== true
}
