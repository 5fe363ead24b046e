import {frame, visible} from './frame.ts'
import {type CheckResult, counts, type Location, loud, type ReportedFinding, type Shown} from './result.ts'

export type TextOptions = {
  /** Escape sequences for a terminal; without them the same text, plain. */
  readonly colours: boolean
}

const colours: Readonly<Record<Shown, string>> = {error: '31', warning: '33', info: '36', hint: '35'}

/** For people: each finding with its place, the line it stands on and what belongs to it, and a last line that counts. Ends with a newline. */
export function textReport(result: CheckResult, options: TextOptions): string {
  const paint = painter(options)
  const findings = loud(result)
  const blocks = findings.map(finding => block(finding, result, paint))
  const unknown = result.unknown.map(one => `${place(one)}: not checked: ${visible(one.message)}`)
  if (unknown.length > 0) blocks.push(unknown.join('\n'))
  return `${[...blocks, summary(result, findings, paint)].join('\n\n')}\n`
}

type Paint = (text: string, ...codes: readonly string[]) => string

const painter =
  ({colours: isColoured}: TextOptions): Paint =>
  (text, ...codes) =>
    isColoured ? `\u001B[${codes.join(';')}m${text}\u001B[0m` : text

const place = ({path, line, column}: Location): string => `${visible(path)}:${line}:${column}`

function block(finding: ReportedFinding, {line}: CheckResult, paint: Paint): string {
  const colour = colours[finding.level]
  const [message = '', ...more] = finding.message.split(/\r?\n/).map(visible)
  const lines = [`${paint(place(finding), '1')}: ${paint(finding.level, '1', colour)}: ${message} ${paint(`[${finding.code}]`, '2')}`]
  const source = line(finding.uri, finding.line)
  if (source !== undefined) {
    const shown = frame(source, finding)
    const number = `${shown.number}`
    const margin = ' '.repeat(number.length)
    lines.push(`  ${paint(`${number} |`, '2')} ${shown.source}`, `  ${paint(`${margin} |`, '2')} ${paint(shown.marks, '1', colour)}`)
  }
  for (const rest of more) lines.push(`    ${rest}`)
  for (const related of finding.related) lines.push(`    ${paint(place(related), '2')}: ${visible(related.message)}`)
  return lines.join('\n')
}

function summary({progressions, files, findings: all}: CheckResult, findings: readonly ReportedFinding[], paint: Paint): string {
  const checked = `${plural(progressions, 'progression')} in ${plural(files, 'file')}`
  const silenced = all.length - findings.length
  const behind = silenced > 0 ? ` ${plural(silenced, 'finding')} silenced by comments.` : ''
  if (findings.length === 0) return `${paint(progressions === 0 ? 'Nothing to check' : 'Nothing found', '32')}: ${checked}.${behind}`
  const listed = counts(findings).map(([level, count]) => paint(level === 'info' ? `${count} info` : plural(count, level), '1', colours[level]))
  const fixable = findings.filter(({fix}) => fix).length
  const fixes = fixable > 0 ? ` ${fixable === 1 ? 'One has' : `${fixable} have`} a quick fix in the editor.` : ''
  return `${join(listed)} in ${checked}.${fixes}${behind}`
}

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

const join = (words: readonly string[]): string => (words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`)
