import type {Document} from '../document/document.ts'
import type {Uri} from '../model/files.ts'
import type {FixReference} from '../model/finding.ts'
import type {Place} from '../model/place.ts'
import type {Progression} from '../model/progression.ts'

/** Replaces the text between two offsets of a document, UTF-16 units; nothing is replaced where they are equal. */
export type Edit = {readonly document: Uri; readonly start: number; readonly end: number; readonly text: string}

/** What edits are made from, as things are when somebody asks for them. */
export type FixRequest<Name extends string = string> = {
  /** The document the finding stands in. */
  readonly document: Document
  readonly at: Place
  /** As it is now, rendered manifests included where there are any. */
  readonly progression: Progression
  readonly arguments: Readonly<Record<Name, string>>
}

export type Fix<Name extends string = string> = {
  readonly id: string
  /** A reference for a finding: plain data, so that nothing is computed while somebody types. */
  for(values: Readonly<Record<Name, string>>): FixReference
  /** The edits, or undefined where the text changed so that they no longer fit. */
  edits(request: FixRequest<Name>): readonly Edit[] | undefined
}

export type Definition<Name extends string> = {
  readonly id: string
  /** What a menu shows: `Roll production back automatically`. */
  title(values: Readonly<Record<Name, string>>): string
  readonly edits: Fix<Name>['edits']
}

export const defineFix = <Name extends string>({id, title, edits}: Definition<Name>): Fix<Name> => ({
  id,
  for: values => ({id, title: title(values), arguments: values}),
  edits,
})
