import {type CheckResult, loud, type ReportedFinding, type Shown} from './result.ts'

const commands: Readonly<Record<Shown, string>> = {error: 'error', warning: 'warning', info: 'notice', hint: 'notice'}

/**
 * Workflow commands that GitHub Actions turns into annotations, one line each. Escaping as the runner undoes it
 * (actions/toolkit packages/core/src/command.ts): `%`, CR and LF everywhere, `:` and `,` in properties too.
 */
export const githubReport = (result: CheckResult): string =>
  loud(result)
    .map(line => `${annotation(line)}\n`)
    .join('')

function annotation({level, path, line, column, endLine, endColumn, code, message, related}: ReportedFinding): string {
  // The runner refuses columns of an annotation over several lines.
  const columns = line === endLine ? [`col=${column}`, `endColumn=${Math.max(column, endColumn - 1)}`] : []
  const properties = [`file=${property(path)}`, `line=${line}`, `endLine=${endLine}`, ...columns, `title=${property(code)}`]
  const more = related.map(one => `${one.path}:${one.line}:${one.column}: ${one.message}`)
  return `::${commands[level]} ${properties.join(',')}::${data([message, ...more].join('\n'))}`
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
