import type {CompletionItemKind} from 'vscode-languageserver-protocol'
import type {Span} from '../cursor/cursor.ts'

/** Numbers of the protocol, because this folder takes only types from it. */
export const kinds = {
  function: 3,
  variable: 6,
  property: 10,
  unit: 11,
  value: 12,
  snippet: 15,
  file: 17,
  reference: 18,
  folder: 19,
  word: 20,
  constant: 21,
} as const satisfies Record<string, CompletionItemKind>

/** Something that could be written, before it is fitted into the text. */
export type Candidate = {
  readonly label: string
  readonly kind: CompletionItemKind
  /** A snippet; further lines begin at column 0. Text is written by {@link snippetText}. */
  readonly snippet: string
  /** A few words beside the label. */
  readonly detail?: string
  /** Markdown. Made only for what is sent. */
  readonly documentation?: string
  /** The smaller, the earlier; candidates of one rank stay in their order. */
  readonly rank: number
  /** What is typed to find it, where that is not the label. */
  readonly filter?: string
  /** Something is to be completed again behind it. */
  readonly again?: boolean
  /** Replaces this stretch in place of the word at the cursor. */
  readonly span?: Span
  readonly additional?: readonly {readonly span: Span; readonly text: string}[]
  readonly preselect?: boolean
}

/** Text that a snippet gives as it is. */
export const snippetText = (text: string): string => text.replace(/[\\$}]/g, '\\$&')

/** Choices inside a placeholder. */
export const choices = (number: number, words: readonly string[]): string => `\${${number}|${words.map(word => word.replace(/[\\,|]/g, '\\$&')).join(',')}|}`

/** A snippet for clients that know none: with what its placeholders propose. */
export function plainText(snippet: string): string {
  const values = new Map<string, string>()
  const filled = snippet.replace(
    /\\([\\$}])|\$\{(\d+)(?::((?:[^\\}]|\\.)*)|\|((?:[^\\|]|\\.)*)\|)?\}|\$(\d+)/g,
    (match, escaped?: string, number?: string, proposed?: string, words?: string, mirror?: string) => {
      if (escaped !== undefined) return escaped
      const id = number ?? mirror ?? ''
      const own = proposed ?? words?.split(',')[0]
      if (own !== undefined)
        values.set(
          id,
          own.replace(/\\(.)/g, '$1').replace(/^\$(\d+)$/, (_, other: string) => values.get(other) ?? ''),
        )
      return values.get(id) ?? (match.startsWith('$') ? '' : match)
    },
  )
  return filled.replace(/[ \t]+$/gm, '')
}
