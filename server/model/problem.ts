import type {Place} from './place.ts'

/** A mistake met while reading, reported by the rule that bears `code`. */
export type Problem = {
  readonly code: string
  readonly at: Place
  readonly message: string
  readonly related?: readonly {readonly at: Place; readonly message: string}[]
  /** The nearest known word, for a quick fix that replaces what stands at `at`. */
  readonly suggestion?: string
}
