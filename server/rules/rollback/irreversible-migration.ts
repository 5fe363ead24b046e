import {defineRule} from '../rule.ts'

/** After such a migration no earlier revision is a rollback target, so the rollback that is promised cannot happen. */
export const irreversibleMigration = defineRule({
  title: 'Migration makes rollback impossible',
  level: 'warning',
  needs: 'text',
  check({environments}, report) {
    for (const {name, migration, rollback} of environments.items) {
      if (migration.state !== 'known' || rollback.state !== 'known') continue
      const {kind} = migration.value
      if (kind.state !== 'known' || kind.value === 'expand') continue
      const what = kind.value === 'contract' ? 'takes away what the release before uses' : 'cannot be undone'
      report(
        kind.at,
        `The migration of ${name} ${what}, so after it ${name} cannot be rolled back. Expand first, and contract in a later release that needs no rollback.`,
        {related: [{at: rollback.at, message: 'This rollback has no revision to go back to.'}]},
      )
    }
  },
})
