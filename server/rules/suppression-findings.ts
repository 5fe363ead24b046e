import {removeSuppression} from '../fixes/remove-suppression.ts'
import {replaceWord} from '../fixes/replace-word.ts'
import {placeholder} from '../fixes/silence.ts'
import type {Uri} from '../model/files.ts'
import type {Finding} from '../model/finding.ts'
import {nearest} from '../model/nearest.ts'
import type {Progression} from '../model/progression.ts'
import {Findings} from './findings.ts'
import {chosenLevel, levelOf, type Settings} from './levels.ts'
import type {Details, Rule} from './rule.ts'
import type {Suppression} from './suppressions.ts'

export type Judged = {
  readonly rules: Readonly<Record<string, Rule>>
  readonly progressions: readonly Progression[]
  readonly settings: Settings
  readonly suppressions: ReadonlyMap<Uri, readonly Suppression[]>
  /** Codes that each comment silenced. */
  readonly used: ReadonlyMap<Suppression, ReadonlySet<string>>
  /** Whether every rule of that code ran on every progression of that document and saw all it needs. */
  readonly isDecided: (document: Uri, code: string) => boolean
  /** Whether words that are no rule are told: once where an editor runs its rules in two parts. */
  readonly withUnknown: boolean
}

const unused = 'config/unused-suppression'
const reasonless = 'config/reasonless-suppression'

/** What is wrong with the comments that silence findings, known only after all other rules. */
export function suppressionFindings({rules, progressions, settings, suppressions, used, isDecided, withUnknown}: Judged): readonly Finding[] {
  const findings = new Findings()
  for (const [uri, comments] of suppressions) {
    const progression = progressions.find(({document}) => document === uri)
    if (!progression) continue
    const report = (code: string, at: Suppression['at'], message: string, details?: Details): void => {
      const rule = rules[code]
      if (rule) findings.add(code, levelOf(rule, chosenLevel(code, settings, progression), details?.level), at, message, details)
    }
    for (const comment of comments) {
      if (comment.reason === undefined || comment.reason === placeholder) report(reasonless, comment.at, withoutReason(comment))
      if (comment.codes.length === 0 && withUnknown)
        report(unused, comment.at, 'This comment names no rule. Write the code of the finding it silences: # progression-ignore rollback/missing -- reason.', {
          fix: removeSuppression.for({code: ''}),
        })
      for (const {code, at} of comment.codes) {
        if (!Object.hasOwn(rules, code)) {
          if (!withUnknown) continue
          const suggestion = nearest(code, Object.keys(rules))
          report(unused, at, `There is no rule ${code}.${suggestion ? ` Did you mean ${suggestion}?` : ''}`, {
            fix: suggestion ? replaceWord.for({word: suggestion}) : removeSuppression.for({code}),
          })
        } else if (!used.get(comment)?.has(code) && isDecided(uri, code)) {
          report(
            unused,
            at,
            `${code} reports nothing ${comment.line === undefined ? 'in this file' : 'on this line'}. Take it out of the comment, so that it cannot hide a later mistake.`,
            {fix: removeSuppression.for({code})},
          )
        }
      }
    }
  }
  return findings.all()
}

const withoutReason = ({codes}: Suppression): string => {
  const [first = {code: 'rollback/missing'}] = codes
  return `Nobody can tell why ${first.code} is silenced here. Write the reason behind two dashes: # progression-ignore ${first.code} -- reason.`
}
