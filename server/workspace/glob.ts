/** `**`, `*`, `?` and `{a,b}` as editors write them; a pattern without a slash holds at any depth, and what lies below a match is matched too. */
export function globs(patterns: readonly string[]): (path: string) => boolean {
  const expressions = patterns.filter(pattern => pattern.trim() !== '').map(expression)
  return path => expressions.some(one => one.test(path))
}

function expression(pattern: string): RegExp {
  const trimmed = pattern
    .trim()
    .replace(/^\.?\//, '')
    .replace(/\/+$/, '')
  const anywhere = trimmed.includes('/') ? trimmed : `**/${trimmed}`
  let braces = 0
  const source = anywhere.replace(/\*\*\/|\*\*|\*|\?|\{|\}|,|[.+^$()|[\]\\]/g, token => {
    switch (token) {
      case '**/':
        return '(?:.*/)?'
      case '**':
        return '.*'
      case '*':
        return '[^/]*'
      case '?':
        return '[^/]'
      case '{':
        braces++
        return '(?:'
      case '}':
        return braces-- > 0 ? ')' : '\\}'
      case ',':
        return braces > 0 ? '|' : ','
      default:
        return `\\${token}`
    }
  })
  try {
    return new RegExp(`^${source}(?:/.*)?$`)
  } catch {
    // A brace that never closes: the pattern matches nothing rather than everything.
    return /(?!)/
  }
}
