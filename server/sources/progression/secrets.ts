/** A text that nobody but a secret looks like, and what it is called. From the issuers' own documentation of their formats. */
type Shape = {readonly called: string; readonly pattern: RegExp}

const shapes: readonly Shape[] = [
  {called: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/},
  {called: 'a GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{36,}\b|\bgithub_pat_[A-Za-z0-9_]{22,}/},
  {called: 'a GitLab token', pattern: /\bglpat-[\w-]{20,}/},
  {called: 'a Slack token', pattern: /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/},
  {called: 'the address of a Slack webhook', pattern: /https:\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/-]{10,}/},
  {called: 'the address of a Discord webhook', pattern: /https:\/\/(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks\/\d+\/[\w-]{20,}/},
  {called: 'the address of a Teams webhook', pattern: /https:\/\/[\w-]+\.webhook\.office\.com\/[\w/@-]{20,}/},
  {called: 'a Google API key', pattern: /\bAIza[\w-]{35}\b/},
  {called: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/},
  {called: 'a Stripe key', pattern: /\b[rs]k_live_[A-Za-z0-9]{16,}\b/},
  {called: 'a JSON web token', pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/},
  {called: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/},
]

/** A stretch that holds the secret part of a text. `called` completes "This holds …". */
export type Secret = {readonly called: string; readonly start: number; readonly end: number}

/** `${…}` may stand where a secret stands, and `$NAME` in what a shell reads. */
const literal = String.raw`[^\s"'${'`'}$@/]+`
const credentials = new RegExp(String.raw`\w://[^\s:/@"'$]*:(?<secret>${literal})@`)
const header =
  /\b(?:Authorization|Proxy-Authorization|X-Api-Key|Api-Key|Private-Token|X-Auth-Token)\s*:\s*(?:(?:Bearer|Basic|Token)\s+)?(?!(?:Bearer|Basic|Token)\s)(?<secret>[^\s"'$]{6,})/i
const flag = /(?:^|\s)--?(?:password|passwd|token|api-?key|secret|access-?key|client-secret)[= ](?<secret>[^\s"'$-][^\s"'$]{3,})/i

/** The first secret that is written out in a text, whatever the text is for. */
export function secretIn(text: string): Secret | undefined {
  for (const {called, pattern} of shapes) {
    const match = pattern.exec(text)
    if (match) return {called, start: match.index, end: match.index + match[0].length}
  }
  for (const [pattern, called] of [
    [credentials, 'a password in an address'],
    [header, 'the value of a header that lets in'],
    [flag, 'the value of an option that lets in'],
  ] as const) {
    const match = pattern.exec(text)
    const secret = match?.groups?.secret
    if (match && secret !== undefined && !isPlaceholder(secret)) {
      const start = match.index + match[0].lastIndexOf(secret)
      return {called, start, end: start + secret.length}
    }
  }
  return undefined
}

/** Keys and headers that hold secrets by their name. */
export const isSecretName = (name: string): boolean =>
  /(?:^|[-_.])(?:password|passwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key|client[-_]?secret|authorization|cookie)$/i.test(
    name.replace(/([a-z])([A-Z])/g, '$1-$2'),
  )

/** What stands in examples in place of a secret. */
export const isPlaceholder = (text: string): boolean => /^(?:<.*>|\.{3}|…|\*+|x{3,}|changeme|redacted|example|none|null|true|false)$/i.test(text.trim())
