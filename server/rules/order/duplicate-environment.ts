import {defineRule} from '../rule.ts'

/** At the later one: everything that names the environment means the first. */
export const duplicateEnvironment = defineRule({
  title: 'Environment stands twice',
  level: 'error',
  needs: 'text',
  check(progression, report) {
    const first = new Map<string, (typeof progression.environments.items)[number]>()
    for (const environment of progression.environments.items) {
      const {name, at} = environment
      const before = first.get(name)
      if (!before) first.set(name, environment)
      else
        report(at, `There are two environments ${name}. Give one another name, or put both in one as targets.`, {
          related: [{at: before.at, message: `The first ${name}.`}],
        })
    }
  },
})
