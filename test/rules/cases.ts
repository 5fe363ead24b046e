import {readFileSync} from 'node:fs'

/** What a line of carets says: from where to where on which line of which file, and the words. Lines and columns from 0. */
export type Mark = {
  readonly path: string
  readonly line: number
  readonly start: number
  readonly end: number
  readonly level?: string
  readonly message: string
}

export type Case = {
  readonly title: string
  readonly isRight: boolean
  /** Further rules that run beside the one of the file: `# with: order/cycle`. */
  readonly with: readonly string[]
  /** Texts by path, without the marks; the first is progression.yaml. */
  readonly files: Readonly<Record<string, string>>
  readonly marks: readonly Mark[]
  /** Related places, marked with tildes. Checked only where there are any. */
  readonly related: readonly Mark[]
}

const main = 'progression.yaml'

/** Reads the cases of a file. Throws where a mark stands under a space or under nothing, since it would assert nothing. */
export function readCases(file: string): readonly Case[] {
  const [head = '', ...parts] = readFileSync(file, 'utf8').split(/^=== /m)
  const others = /^# with: (.*)$/m.exec(head)?.[1]?.split(/[\s,]+/) ?? []
  const cases: {title: string; isRight: boolean; files: Record<string, string>; marks: Mark[]; related: Mark[]}[] = []
  for (const part of parts) {
    const newline = part.indexOf('\n')
    const [heading, body] = [part.slice(0, newline), part.slice(newline + 1)]
    const [, kind, title = ''] = /^(wrong|right|file)(?::|\s)\s*(.*)$/.exec(heading) ?? []
    if (!kind) throw new Error(`${file}: "=== ${heading}" is none of wrong:, right: and file`)
    if (kind !== 'file') cases.push({title, isRight: kind === 'right', files: {}, marks: [], related: []})
    const current = cases.at(-1)
    if (!current) throw new Error(`${file}: a file stands before the first case`)
    const path = kind === 'file' ? title : main
    const read = unmark(kind === 'file' ? body : withVersion(body), path, `${file}: ${current.title}`)
    current.files[path] = read.text
    current.marks.push(...read.marks)
    current.related.push(...read.related)
  }
  return cases.map(one => ({...one, with: others}))
}

const withVersion = (text: string): string => (/^apiVersion:/m.test(text) ? text : `apiVersion: progression.dev/v1\n${text}`)

function unmark(text: string, path: string, where: string): {text: string; marks: Mark[]; related: Mark[]} {
  const kept: string[] = []
  const marks: Mark[] = []
  const related: Mark[] = []
  for (const line of text.split('\n')) {
    const match = /^\s*#\s*(\^+|~+)(?:\s+(error|warning|info|hint):)?\s*(.*)$/.exec(line)
    if (!match?.[1]) {
      kept.push(line)
      continue
    }
    const first = line.indexOf(match[1])
    const end = first + match[1].length
    // A sign that carets follow at once stands for a caret too, or nothing could be marked in the first column.
    const start = line[first - 1] === '#' ? first - 1 : first
    const marked = (kept.at(-1) ?? '').slice(start, end)
    if (marked.length < end - start || marked !== marked.trim()) throw new Error(`${where}: "${line.trim()}" marks "${marked}" in "${kept.at(-1)}"`)
    const mark = {path, line: kept.length - 1, start, end, level: match[2], message: match[3] ?? ''}
    if (match[1].startsWith('^')) marks.push(mark)
    else related.push(mark)
  }
  return {text: kept.join('\n'), marks, related}
}
