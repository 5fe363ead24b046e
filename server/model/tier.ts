import type {Tier} from './progression.ts'

/** Words in the name of an environment that say how close to users it is. The docs page `docs/environment-names.md` shows this table. */
export const tierWords: Readonly<Record<Tier, readonly string[]>> = {
  development: ['dev', 'develop', 'development', 'sandbox', 'local'],
  testing: ['test', 'testing', 'qa', 'int', 'integration', 'sit', 'ci'],
  staging: ['staging', 'stage', 'stg', 'uat', 'acceptance', 'acc', 'preprod', 'preproduction', 'preview', 'demo'],
  production: ['prod', 'prd', 'production', 'live'],
}

const beforeProduction = /(^|[-_.])(pre|non|not|no)[-_.]?(prod|prd|production|live)($|[-_.])/

/**
 * The tier a name speaks of, or undefined where it says nothing: `prod-eu` is a production, `pre-prod` is not.
 * `extra` maps further names or words, from the setting `progression.environmentNames`.
 */
export function tierOfName(name: string, extra: Readonly<Record<string, Tier>> = {}): Tier | undefined {
  const lower = name.toLowerCase()
  const given = extra[name] ?? extra[lower]
  if (given) return given
  const before = beforeProduction.exec(lower)
  if (before) return before[2] === 'pre' ? 'staging' : 'testing'
  const words = lower.split(/[-_./\s]+/)
  for (const tier of ['production', 'staging', 'testing', 'development'] as const) {
    if (words.some(word => tierWords[tier].includes(word.replace(/\d+$/, '')) || extra[word] === tier)) return tier
  }
  return undefined
}
