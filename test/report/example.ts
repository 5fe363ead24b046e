import type {CheckResult, ReportedFinding} from '../../server/report/result.ts'

export const uri = 'file:///work%20shop/deploy/progression.yaml'

export const text = [
  'apiVersion: progression.dev/v1',
  'name: shop',
  'environments:',
  '  - name: dev',
  '  - name: staging',
  '  - {name: production, after: [dev]}',
  '',
].join('\n')

/** The region of the nth occurrence of a word, counted from 1. */
export function at(word: string, occurrence = 1): Pick<ReportedFinding, 'uri' | 'path' | 'line' | 'column' | 'endLine' | 'endColumn'> {
  let offset = -1
  for (let count = 0; count < occurrence; count++) offset = text.indexOf(word, offset + 1)
  const before = text.slice(0, offset).split('\n')
  const line = before.length
  const column = (before.at(-1) ?? '').length + 1
  return {uri, path: 'deploy/progression.yaml', line, column, endLine: line, endColumn: column + word.length}
}

export const skipped: ReportedFinding = {
  ...at('dev', 3),
  code: 'order/skipped-environment',
  level: 'warning',
  message: 'production comes after dev and skips staging.',
  related: [{...at('staging'), message: 'staging is listed before production.'}],
}

export const missing: ReportedFinding = {
  ...at('production'),
  code: 'rollback/missing',
  level: 'warning',
  message: 'Nothing rolls production back: 100 % of it, at once.',
  related: [],
  fix: {title: 'Roll production back automatically', edits: [{...at('}'), endColumn: at('}').column, text: ', rollback: {within: 60s}'}]},
}

export const silenced: ReportedFinding = {
  ...at('staging'),
  code: 'smoke/missing',
  level: 'hint',
  message: 'No smoke test asks staging anything.',
  related: [],
  suppressed: {reason: 'covered by the platform'},
}

export const result = (findings: readonly ReportedFinding[], more: Partial<CheckResult> = {}): CheckResult => ({
  findings,
  progressions: 1,
  files: 1,
  unknown: [],
  checklists: [],
  root: 'file:///work%20shop',
  line: (file, number) => (file === uri ? text.split('\n')[number - 1] : undefined),
  ...more,
})
