const messages: Partial<Record<string, string>> = {
  ALIAS_PROPS: 'An alias (*name) cannot carry an anchor or a tag of its own.',
  BAD_ALIAS: 'The name of this alias or anchor is not complete.',
  BAD_INDENT: 'This line is indented differently from its neighbours. Give entries of the same map or list the same indentation.',
  BLOCK_AS_IMPLICIT_KEY: 'Two keys on one line. Put the second one on a line of its own.',
  BLOCK_IN_FLOW: 'Inside { } and [ ] a value cannot go on as an indented block. Close the bracket first, or write the whole as a block.',
  MISSING_CHAR: 'A closing quote, bracket or comma is missing.',
  MULTILINE_IMPLICIT_KEY: 'This word is neither a key nor a value. Write a colon and a space behind a key.',
  TAB_AS_INDENT: 'YAML does not allow tabs for indentation. Use spaces.',
  UNEXPECTED_TOKEN: 'This does not fit here.',
}

/**
 * What a syntax error of the `yaml` library means to somebody who writes a progression. `code` and `message` are the
 * library's; `text` and `start` say where, so that the commonest mistake of this format, an unquoted variable, is named.
 */
export function explain(code: string, message: string, text: string, start: number): string {
  const variable = unquotedVariable(text, start)
  if (variable) return `Inside { } and [ ] a value with ${variable} must be quoted: '${variable}'.`
  if (code === 'MULTILINE_IMPLICIT_KEY' || code === 'MISSING_CHAR') {
    const word = /^[\w.-]+(?=[ \t]*(?:\r?\n|$))/.exec(text.slice(start))?.[0]
    if (word && (code === 'MULTILINE_IMPLICIT_KEY' || /implicit map keys/i.test(message)))
      return `"${word}" is neither a key nor a value. Write "${word}:" and its value, or take it out.`
    if (/quote/.test(message)) return 'The closing quote is missing.'
  }
  if (code === 'TAB_AS_INDENT' || /\ttab|tabs? /i.test(message)) return messages.TAB_AS_INDENT ?? message
  return messages[code] ?? `${message.replace(/\.?$/, '.')}`
}

/** The `${name}` a plain value inside brackets begins on the line of the error, where the `{` of the variable opened a map instead. */
function unquotedVariable(text: string, start: number): string | undefined {
  const lineStart = text.lastIndexOf('\n', Math.max(0, start - 1)) + 1
  const lineEnd = text.indexOf('\n', start)
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd)
  for (const match of line.matchAll(/\$\{[\w.]*\}?/g)) {
    const before = line.slice(0, match.index).replace(/'[^']*'|"[^"]*"/g, '')
    if (/[{[]/.test(before) && !/['"]/.test(before)) return match[0].endsWith('}') ? match[0] : `${match[0]}}`
  }
  return undefined
}
