import type {Uri} from '../model/files.ts'
import type {Finding} from '../model/finding.ts'
import type {Progression} from '../model/progression.ts'
import {isDecided} from './decided.ts'
import {Findings} from './findings.ts'
import {rules as everyRule} from './index.ts'
import {chosenLevel, levelOf, type Settings} from './levels.ts'
import type {Report, Rule} from './rule.ts'
import {suppressionFindings} from './suppression-findings.ts'
import {type Commented, type Suppression, suppressing, suppressions} from './suppressions.ts'

export type CheckRequest = {
  /** Linked, with what was rendered so far. */
  readonly progressions: readonly Progression[]
  /** The documents of these progressions, and others that findings may stand in. */
  readonly documents: ReadonlyMap<Uri, Commented>
  /** Goes before `rules:` of a file. */
  readonly settings?: Settings
  /** Codes of the rules to run; all where it is left out. */
  readonly only?: ReadonlySet<string>
}

export type Checked = {
  /** Ordered by document, then by where they stand, then by code. */
  readonly findings: readonly Finding[]
  /** What comments silenced, in the same order. */
  readonly suppressed: readonly {readonly finding: Finding; readonly reason?: string}[]
}

/** What the rules found in one progression, and the codes whose silence means nothing there. */
type Outcome = {
  readonly settings: Settings
  readonly only: ReadonlySet<string> | undefined
  readonly findings: readonly Finding[]
  readonly undecided: ReadonlySet<string>
}

/**
 * Runs rules over progressions. Remembers which rules crashed, so that a broken one does not fill the log at every key stroke,
 * and what was found in a progression for as long as it is the same one, so that a key stroke checks one again.
 */
export class Checker {
  readonly #rules: Readonly<Record<string, Rule>>
  readonly #log: (message: string) => void
  readonly #crashed = new Set<string>()
  readonly #outcomes = new WeakMap<Progression, Outcome>()
  readonly #now: () => number

  /** `log` takes one message; a rule that throws is named there once. `now` tells the time in milliseconds since 1970. */
  constructor(log: (message: string) => void, rules: Readonly<Record<string, Rule>> = everyRule, now: () => number = Date.now) {
    this.#log = log
    this.#rules = rules
    this.#now = now
  }

  /** Synchronous, and throws nothing that a rule threw. */
  check({progressions, documents, settings = noSettings, only}: CheckRequest): Checked {
    const rules = Object.fromEntries(Object.entries(this.#rules).filter(([code]) => only?.has(code) ?? true))
    const found = new Findings()
    const undecided = new Set<string>()
    for (const progression of progressions) {
      const outcome = this.#outcome(progression, rules, settings, only)
      for (const {code, level, at, message, ...details} of outcome.findings) found.add(code, level, at, message, details)
      for (const code of outcome.undecided) undecided.add(`${progression.document} ${code}`)
    }
    const comments = new Map([...documents].map(([uri, document]) => [uri, suppressions(document.comments)]))
    const silencer = new Silencer(documents, comments)
    silencer.take(found.all())
    const decided = (document: Uri, code: string): boolean => Object.hasOwn(rules, code) && !undecided.has(`${document} ${code}`)
    const judged = {
      rules: this.#rules,
      progressions,
      settings,
      suppressions: comments,
      used: silencer.used,
      isDecided: decided,
      withUnknown: Object.hasOwn(rules, 'config/reasonless-suppression'),
    }
    silencer.take(suppressionFindings(judged).filter(({code}) => Object.hasOwn(rules, code)))
    return silencer.inOrder()
  }

  #outcome(progression: Progression, rules: Readonly<Record<string, Rule>>, settings: Settings, only: ReadonlySet<string> | undefined): Outcome {
    const before = this.#outcomes.get(progression)
    if (before?.settings === settings && before.only === only) return before
    const found = new Findings()
    const undecided = new Set<string>()
    for (const [code, rule] of Object.entries(rules)) {
      const chosen = chosenLevel(code, settings, progression)
      const isOff = (chosen ?? rule.level) === 'off'
      const report: Report = (at, message, details) => found.add(code, levelOf(rule, chosen, details?.level), at, message, details)
      if (isOff || !this.#run(code, rule, progression, report) || !isDecided(rule, progression)) undecided.add(code)
    }
    const outcome = {settings, only, findings: found.all(), undecided}
    this.#outcomes.set(progression, outcome)
    return outcome
  }

  /** False when the rule threw; what it had reported until then is kept. */
  #run(code: string, rule: Rule, progression: Progression, report: Report): boolean {
    try {
      rule.check(progression, report, {now: this.#now()})
      return true
    } catch (error) {
      if (!this.#crashed.has(code))
        this.#log(`The rule ${code} failed on ${progression.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      this.#crashed.add(code)
      return false
    }
  }
}

const noSettings: Settings = new Map()

/** Parts findings into what remains and what a comment silences. */
class Silencer {
  readonly used = new Map<Suppression, Set<string>>()
  readonly #documents: ReadonlyMap<Uri, Commented>
  readonly #comments: ReadonlyMap<Uri, readonly Suppression[]>
  readonly #findings: Finding[] = []
  readonly #suppressed: {finding: Finding; reason?: string}[] = []

  constructor(documents: ReadonlyMap<Uri, Commented>, comments: ReadonlyMap<Uri, readonly Suppression[]>) {
    this.#documents = documents
    this.#comments = comments
  }

  take(findings: readonly Finding[]): void {
    for (const finding of findings) {
      const document = this.#documents.get(finding.at.document)
      const comment = document && suppressing(finding, document, this.#comments.get(finding.at.document) ?? [])
      if (!comment) {
        this.#findings.push(finding)
        continue
      }
      this.#suppressed.push({finding, reason: comment.reason})
      this.used.set(comment, (this.used.get(comment) ?? new Set()).add(finding.code))
    }
  }

  inOrder(): Checked {
    const offsets = new Map<Finding, number>()
    for (const finding of [...this.#findings, ...this.#suppressed.map(one => one.finding)])
      offsets.set(finding, this.#documents.get(finding.at.document)?.offset(finding.at) ?? Number.MAX_SAFE_INTEGER)
    const order = (a: Finding, b: Finding): number =>
      compare(a.at.document, b.at.document) || (offsets.get(a) ?? 0) - (offsets.get(b) ?? 0) || compare(a.code, b.code) || compare(a.message, b.message)
    return {findings: this.#findings.toSorted(order), suppressed: this.#suppressed.toSorted((a, b) => order(a.finding, b.finding))}
  }
}

/** By code unit, so that the order is the same on every machine. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
