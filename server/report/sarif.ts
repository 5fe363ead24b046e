import type {ArtifactLocation, Fix, Log, Notification, ReportingDescriptor, Result, Location as SarifLocation} from 'sarif'
import {rules} from '../rules/index.ts'
import {documentation, pageOf} from '../rules/page.ts'
import type {Rule} from '../rules/rule.ts'
import {fingerprints} from './fingerprint.ts'
import type {CheckResult, Location, Region, ReportedFinding} from './result.ts'

export type SarifOptions = {
  /** Of this program, a semantic version. */
  readonly version: string
  /** The documentation page of a rule as Markdown, for viewers that show it beside the finding. */
  readonly page?: (code: string) => string | undefined
}

const base = 'SRCROOT'
const levels = {error: 'error', warning: 'warning', info: 'note', hint: 'note', off: 'none'} as const

/**
 * SARIF 2.1.0 for code scanning, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html: every rule, and every
 * finding with those that comments silence. A hint is a note there, marked as a hint in its properties. Ends with a newline.
 */
export function sarifReport(result: CheckResult, {version, page}: SarifOptions): string {
  const codes = Object.keys(rules)
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'progression',
            fullName: 'Environment Progression',
            semanticVersion: version,
            informationUri: documentation,
            rules: Object.entries(rules).map(([code, rule]) => descriptor(code, rule, page?.(code))),
          },
        },
        invocations: [{executionSuccessful: true, toolExecutionNotifications: result.unknown.map(notification)}],
        originalUriBaseIds: {[base]: {uri: result.root.endsWith('/') ? result.root : `${result.root}/`}},
        artifacts: artifacts(result),
        results: fingerprints(result).flatMap((fingerprint, index) => {
          const finding = result.findings[index]
          return finding ? [resultOf(finding, result, codes.indexOf(finding.code), fingerprint)] : []
        }),
        columnKind: 'utf16CodeUnits',
        properties: {
          checklists: result.checklists.map(({name, path, items}) => ({
            name,
            path,
            items: items.map(({location, ...item}) => ({...item, ...(location && {path: location.path, line: location.line, column: location.column})})),
          })),
        },
      },
    ],
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

function descriptor(code: string, {title, level}: Rule, markdown: string | undefined): ReportingDescriptor {
  return {
    id: code,
    name: code.replace(/(?:^|[/-])(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: {text: `${title}.`},
    helpUri: pageOf(code),
    help: {text: `${title}. ${pageOf(code)}`, markdown: markdown ?? `[${title}](${pageOf(code)})`},
    defaultConfiguration: {enabled: level !== 'off', level: levels[level]},
    properties: {tags: [code.split('/')[0] ?? code]},
  }
}

function resultOf(finding: ReportedFinding, {line}: CheckResult, ruleIndex: number, fingerprint: string): Result {
  const {code, level, message, related, fix, suppressed} = finding
  const snippet = line(finding.uri, finding.line)
  return {
    ruleId: code,
    ruleIndex,
    kind: 'fail',
    level: levels[level],
    message: {text: message},
    locations: [located(finding, snippet)],
    relatedLocations: related.map((one, index) => ({id: index + 1, ...located(one), message: {text: one.message}})),
    fixes: fix && [changes(fix)],
    partialFingerprints: {'progressionFinding/v1': fingerprint},
    // Either every result of a run says whether it is suppressed or none does (§3.27.23).
    suppressions: suppressed ? [{kind: 'inSource', status: 'accepted', justification: suppressed.reason}] : [],
    properties: {level},
  }
}

const region = ({line, column, endLine, endColumn}: Region) => ({startLine: line, startColumn: column, endLine, endColumn})

function artifact({path}: Location): ArtifactLocation {
  const isAbsolute = /^(\/|[A-Za-z]:)/.test(path)
  const encoded = path.split('/').map(encodeURIComponent).join('/')
  return isAbsolute ? {uri: `file://${path.startsWith('/') ? '' : '/'}${encoded}`} : {uri: encoded, uriBaseId: base}
}

const located = (location: Location, snippet?: string): SarifLocation => ({
  physicalLocation: {
    artifactLocation: artifact(location),
    region: region(location),
    contextRegion: snippet === undefined ? undefined : {startLine: location.line, snippet: {text: snippet}},
  },
})

function changes({title, edits}: NonNullable<ReportedFinding['fix']>): Fix {
  const byFile = Map.groupBy(edits, ({uri}) => uri)
  return {
    description: {text: title},
    artifactChanges: [...byFile.values()].flatMap(([first, ...rest]) =>
      first
        ? [{artifactLocation: artifact(first), replacements: [first, ...rest].map(edit => ({deletedRegion: region(edit), insertedContent: {text: edit.text}}))}]
        : [],
    ),
  }
}

const notification = (one: CheckResult['unknown'][number]): Notification => ({level: 'note', message: {text: one.message}, locations: [located(one)]})

/** The files that findings stand in, once each. */
function artifacts({findings}: CheckResult): {location: ArtifactLocation; sourceLanguage: string}[] {
  const first = new Map(findings.map(finding => [finding.uri, finding]))
  return [...first.values()].map(finding => ({location: artifact(finding), sourceLanguage: 'yaml'}))
}
