/** Decides by its path inside the chart whether Helm would leave a file or folder out. */
export type Ignore = (path: string, kind: 'file' | 'folder') => boolean

type Pattern = {readonly negated: boolean; readonly foldersOnly: boolean; readonly matches: (path: string) => boolean}

/**
 * Reads a `.helmignore` with Helm's own rules, which are not Git's: no `**`, and a negated line drops whatever it does not match
 * (pkg/ignore/rules.go in Helm 4). Helm refuses a chart whose file it cannot read; that is the message.
 */
export function readHelmIgnore(text: string): {readonly ignore: Ignore} | {readonly message: string; readonly line: number} {
  const patterns: Pattern[] = []
  for (const [index, line] of [...text.replace(/^\uFEFF/, '').split(/\r?\n/), 'templates/.?*'].entries()) {
    const rule = line.trim()
    if (rule === '' || rule.startsWith('#')) continue
    if (rule.includes('**')) return {message: 'double-star (**) syntax is not supported', line: index + 1}
    const pattern = readRule(rule)
    if (pattern === undefined) return {message: `syntax error in pattern ${rule}`, line: index + 1}
    patterns.push(pattern)
  }
  return {ignore: (path, kind) => isIgnored(patterns, path, kind)}
}

function isIgnored(patterns: readonly Pattern[], path: string, kind: 'file' | 'folder'): boolean {
  for (const {negated, foldersOnly, matches} of patterns) {
    const otherKind = foldersOnly && kind !== 'folder'
    if (negated && (otherKind || !matches(path))) return true
    if (!negated && !otherKind && matches(path)) return true
  }
  return false
}

function readRule(rule: string): Pattern | undefined {
  const negated = rule.startsWith('!')
  const positive = negated ? rule.slice(1) : rule
  const foldersOnly = positive.endsWith('/')
  const bare = foldersOnly ? positive.slice(0, -1) : positive
  const glob = globToRegExp(bare.startsWith('/') ? bare.slice(1) : bare)
  if (glob === undefined) return undefined
  const wholePath = bare.includes('/')
  return {negated, foldersOnly, matches: path => glob.test(wholePath ? path : path.slice(path.lastIndexOf('/') + 1))}
}

/** Go's `filepath.Match`: `*` and `?` stay within a segment, `[a-z]`, `[^a-z]`, and `\` before a character. */
function globToRegExp(glob: string): RegExp | undefined {
  const source = glob.replace(/\*|\?|\[\^?(?:\\.|[^\]\\])+\]|\\.|./gsu, part => {
    if (part === '*') return '[^/]*'
    if (part === '?') return '[^/]'
    if (part.length > 1 && part.startsWith('[')) return `(?!/)${part.replaceAll(/(?<!^)\[/g, '\\[')}`
    return part.length > 1 ? part : part.replace(/[\\^$.|+()[\]{}]/, '\\$&')
  })
  try {
    // What Go refuses, an open bracket or a lone backslash, is left over here.
    return /^(?:[^[\\]|\\.|\[\^?(?:\\.|[^\]\\])+\])*$/su.test(glob) ? new RegExp(`^${source}$`, 'su') : undefined
  } catch {
    return undefined
  }
}
