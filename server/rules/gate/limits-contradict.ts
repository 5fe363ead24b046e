import {judgedOf} from '../judged.ts'
import {defineRule} from '../rule.ts'

/** Limits that no value can keep, or of which one takes the place of the other. Said where the second of the two stands. */
export const limitsContradict = defineRule({
  title: 'Limits of a gate contradict each other',
  level: 'warning',
  needs: 'text',
  check(progression, report) {
    for (const {name, gate, keys, use, environment} of judgedOf(progression)) {
      const {max, min, between} = keys
      const who = environment && use && (max !== gate.max || min !== gate.min || between !== gate.between) ? `${name} in ${environment.name}` : name
      if (max.state === 'known' && min.state === 'known' && min.value.value > max.value.value) {
        // In an environment, what it says itself is the newer of the two.
        const [own, other] = use?.overrides.min && !use.overrides.max ? [min, max] : [max, min]
        report(
          own.at,
          `${who} can never pass: no value is at least ${min.value.written} and at most ${max.value.written}. Exchange min and max, or leave one out.`,
          {
            related: [{at: other.at, message: `The other limit of ${name}.`}],
          },
        )
      }
      if (between.state !== 'known') continue
      const [low, high] = between.value
      if (low.value > high.value)
        report(between.at, `${who} can never pass: between goes from ${low.written} down to ${high.written}. Write [${high.written}, ${low.written}].`)
      for (const [key, fact] of [
        ['max', max],
        ['min', min],
      ] as const) {
        const at = use?.overrides.between && !use.overrides[key] ? between.at : fact.at
        if (fact.state === 'known') report(at, `${who} has both between and ${key}, and between takes the place of ${key}. Leave one of them out.`)
      }
    }
  },
})
