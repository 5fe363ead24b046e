import type {ScalarStyle} from './node.ts'

/** Where each UTF-16 unit of a scalar's value stands in its source, both ways. Offsets in the source count from its first character, quotes and `|` included. */
export type ScalarOffsets = {
  /** Start and end in the source of a stretch of the value. */
  toSource(start: number, end: number): {readonly start: number; readonly end: number}
  /** The offset in the value of a cursor in the source: how many units of the value end before it. */
  toValue(offset: number): number
}

/** A character with its place in the source. */
type Unit = {readonly text: string; readonly start: number; readonly end: number}

/** Undefined where value and source do not fit together: one of them is not what the parser gave. */
export function scalarOffsets(written: string, style: ScalarStyle, value: string): ScalarOffsets | undefined {
  if (style === 'plain' && written === value) return {toSource: (start, end) => ({start, end}), toValue: offset => Math.max(0, Math.min(offset, value.length))}
  const units = style === 'double' ? doubleQuoted(written) : aligned(sourceUnits(written, style), value)
  if (!units || units.map(({text}) => text).join('') !== value) return undefined
  const starts = units.flatMap(({text, start}) => Array<number>(text.length).fill(start))
  const ends = units.flatMap(({text, end}) => Array<number>(text.length).fill(end))
  const last = ends.at(-1) ?? (style === 'plain' ? 0 : 1)
  return {
    toSource(start, end) {
      const from = starts[start] ?? last
      return {start: from, end: end > start ? Math.max(from, ends[end - 1] ?? last) : from}
    },
    toValue(offset) {
      const after = ends.findIndex(end => end > offset)
      return after < 0 ? value.length : after
    },
  }
}

const isSpace = (character: string): boolean => character === ' ' || character === '\t' || character === '\n' || character === '\r'

/** The characters of a source without its quotes or its header line. */
function sourceUnits(written: string, style: ScalarStyle): readonly Unit[] {
  const from = style === 'single' ? 1 : style === 'block' ? written.indexOf('\n') + 1 || written.length : 0
  const until = style === 'single' && written.length > 1 && written.endsWith("'") ? written.length - 1 : written.length
  const units: Unit[] = []
  for (let start = from, end = from; start < until; start = end) {
    const text = written[start] ?? ''
    end = start + (style === 'single' && text === "'" ? 2 : 1)
    units.push({text, start, end})
  }
  return units
}

/**
 * The units of a value, found in a source without escapes. What is no white space comes in the same order in both; between two
 * of them, line breaks belong together in order, and spaces to the character they touch. So folding, chomping and indentation
 * need not be computed again.
 */
function aligned(source: readonly Unit[], value: string): readonly Unit[] | undefined {
  const units: Unit[] = []
  let next = 0
  for (let index = 0; ; index++, next++) {
    const from = next
    while (next < source.length && isSpace(source[next]?.text ?? '')) next++
    const begin = index
    while (index < value.length && isSpace(value[index] ?? '')) index++
    units.push(...spaces(source.slice(from, next), value.slice(begin, index), units.at(-1)?.end ?? source[0]?.start ?? 0))
    const solid = source[next]
    if (index >= value.length) return solid ? undefined : units
    if (!solid || solid.text !== value[index]) return undefined
    units.push(solid)
  }
}

/** A stretch of white space: `units` of the source, of which `space` remained in the value. */
function spaces(units: readonly Unit[], space: string, from: number): readonly Unit[] {
  const breaks = units.filter(({text}) => text === '\n')
  const before = breaks[0] ? units.indexOf(breaks[0]) : units.length
  const last = space.lastIndexOf('\n')
  let at = from
  return [...space].map((text, index) => {
    const isIndented = last >= 0 && index > last
    const unit = isIndented ? units.at(index - space.length) : text !== '\n' && index < before ? units[index] : breaks.shift()
    const start = Math.max(unit?.start ?? at, at)
    at = Math.max(unit?.end ?? at, start)
    return {text, start, end: at}
  })
}

/** What a backslash and a letter stand for in double quotes (YAML 1.2, 5.7); any other letter stands for itself. */
const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
}

/** The value of double quotes, with escapes resolved and lines folded. */
function doubleQuoted(written: string): readonly Unit[] {
  const units: Unit[] = []
  const until = written.length > 1 && written.endsWith('"') ? written.length - 1 : written.length
  const push = (text: string, start: number, end: number): number => {
    units.push({text, start, end})
    return end
  }
  for (let at = 1; at < until; ) {
    const rest = written.slice(at, until)
    const digits = /^\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest)
    const joined = /^\\\r?\n[ \t]*/.exec(rest)
    const folded = /^[ \t]*\r?\n[ \t\r\n]*/.exec(rest)
    if (digits) {
      const code = Number.parseInt(digits[1] ?? digits[2] ?? digits[3] ?? '', 16)
      at = push(code <= 0x10ffff ? String.fromCodePoint(code) : digits[0], at, at + digits[0].length)
    } else if (joined) at += joined[0].length
    else if (rest.startsWith('\\')) at = push(escapes[rest[1] ?? ''] ?? rest[1] ?? '', at, at + 2)
    else if (folded) {
      const breaks = folded[0].split('\n').length - 1
      const end = at + folded[0].length
      for (let line = 0; line < Math.max(1, breaks - 1); line++) push(breaks === 1 ? ' ' : '\n', at, end)
      at = end
    } else at = push(rest[0] ?? '', at, at + 1)
  }
  return units
}
