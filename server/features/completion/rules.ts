import type {FeatureRequest} from '../feature.ts'
import {type Candidate, kinds, snippetText} from './candidate.ts'

/** Codes of rules, with what they find. */
export const ruleCandidates = ({rule}: FeatureRequest, codes: readonly string[]): readonly Candidate[] =>
  codes.map(code => {
    const words = rule(code)
    return {
      label: code,
      kind: kinds.constant,
      snippet: snippetText(code),
      detail: words?.title,
      documentation: words && `${words.title}. By default: ${words.level}.\n\n[Documentation](${words.page})`,
      rank: words ? 2 : 3,
    }
  })
