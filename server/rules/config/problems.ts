import {replaceWord} from '../../fixes/replace-word.ts'
import type {Rule} from '../rule.ts'

/** The check of a rule whose mistakes are met while reading: it reports what the reader found under that code. */
export const problems =
  (code: string): Rule['check'] =>
  (progression, report) => {
    for (const {at, message, suggestion, related, ...problem} of progression.problems) {
      if (problem.code !== code) continue
      report(at, message, {related, fix: suggestion === undefined ? undefined : replaceWord.for({word: suggestion})})
    }
  }
