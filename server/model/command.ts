import type {Listing} from './fact.ts'
import type {Query} from './gate.ts'
import type {Place} from './place.ts'

/** A piece of a command line, variables as they are written. */
export type Word = {readonly text: string; readonly at: Place}

/** What a step runs: a program with its arguments, which no shell reads, or a script for `sh`. */
export type Command =
  | {readonly kind: 'arguments'; readonly words: Listing<Word>; readonly at: Place}
  | {
      readonly kind: 'shell'
      readonly script: string /** Every character of it, as a query has it. */
      readonly written: string
      readonly style: Query['style']
      readonly at: Place
    }

/** The words of a command without a shell, the program first; undefined where a word is still being typed. */
export function argumentsOf(command: Command): readonly Word[] | undefined {
  return command.kind === 'arguments' && command.words.open.length === 0 && command.words.items.length > 0 ? command.words.items : undefined
}
