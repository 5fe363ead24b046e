import type {Place} from './place.ts'
import type {Level} from './progression.ts'

/** A quick fix by name: what it needs is plain data, the edits are made when somebody asks for them. */
export type FixReference = {readonly id: string; readonly title: string; readonly arguments: Readonly<Record<string, string>>}

export type Related = {readonly at: Place; readonly message: string}

/** What a rule found, with the level that holds after comments, settings and `rules:`. */
export type Finding = {
  readonly code: string
  readonly level: Exclude<Level, 'off'>
  readonly at: Place
  readonly message: string
  readonly related: readonly Related[]
  readonly fix?: FixReference
}
