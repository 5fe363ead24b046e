/**
 * Why Prometheus refuses a regular expression, as far as that is certain; undefined for all it takes and for doubtful ones. It
 * reads RE2, which knows no lookaround and no references back (github.com/google/re2/wiki/Syntax).
 */
export function regexError(pattern: string): string | undefined {
  const plain = pattern.replace(/\\[\s\S]/g, '__')
  if (/\(\?(=|!|<=|<!)/.test(plain)) return 'Prometheus has no lookahead and no lookbehind in regular expressions. Use a second matcher with !~.'
  if (/\\[1-9]/.test(pattern.replaceAll('\\\\', ''))) return 'Prometheus has no references back to a group in regular expressions.'
  const repeated = /^[*+?]|\(\s*[*+]|\|[*+?]/.exec(plain)
  if (repeated) return `${repeated[0].at(-1)} repeats nothing here. For any text write .${repeated[0].at(-1) === '?' ? '*' : repeated[0].at(-1)}.`
  const outside = plain.replace(/\[\^?\]?[^\]]*\]/g, match => '_'.repeat(match.length))
  if (outside.includes('[')) return 'A ] is missing in this regular expression.'
  let depth = 0
  for (const character of outside) {
    if (character === '(') depth++
    if (character === ')' && --depth < 0) return 'A ( is missing in this regular expression.'
  }
  return depth > 0 ? 'A ) is missing in this regular expression.' : undefined
}
