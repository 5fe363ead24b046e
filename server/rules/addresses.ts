/** The path of an address, without what it asks; undefined where a part of it is not known. `undefined` stands for an unknown piece. */
export function pathOf(url: readonly (string | undefined)[]): string | undefined {
  const whole = url.map(piece => piece ?? '\0').join('')
  const rest = whole.replace(/^https?:\/\//, '')
  const slash = rest.indexOf('/')
  const path = slash < 0 ? '' : rest.slice(slash).replace(/[?#].*$/s, '')
  // An address that begins with something unknown may have more of its path in there, but not of its end.
  return path.includes('\0') || (slash < 0 && rest.includes('\0')) ? undefined : path
}

/** The host of an address, or undefined where it is not known. */
const hostOf = ([first]: readonly (string | undefined)[]): string | undefined => /^https?:\/\/([^/?#:]+)/.exec(first ?? '')?.[1]

const health = /(^|\/)(_?health(z|[-_]?checks?|y)?|livez?|liveness|alive|readyz?|readiness|ping|up|status|version|metrics|startup)\/?$/i

/** Whether a path is one that answers without doing what users come for. */
export const isHealth = (path: string): boolean => health.test(path)

/** Where people are told something. */
const telling =
  /(^|\.)(slack\.com|discord\.com|discordapp\.com|office\.com|pagerduty\.com|opsgenie\.com|telegram\.org|datadoghq\.(com|eu)|githubusercontent\.com|api\.github\.com)$/

/** Whether a request only tells somebody about the test, and asks nothing of what is tested. */
export const isMessage = (url: readonly (string | undefined)[]): boolean =>
  telling.test(hostOf(url) ?? '') || /alert|annotation|notif|webhook/i.test(`${hostOf(url) ?? ''}${pathOf(url) ?? ''}`)
