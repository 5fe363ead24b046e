/** A map or list that is open at some point of a text. */
export type Frame = {
  readonly kind: 'map' | 'list'
  /** In braces or brackets. */
  readonly flow: boolean
  /** Column of its keys or dashes; of what holds it where it is in braces or brackets. */
  readonly column: number
  /** The key that was begun last. */
  key: string | undefined
  /** The item that was begun last, counted from 0; -1 before the first. */
  index: number
  /** What was begun last has a value, or a part of one. */
  valued: boolean
  /** `[a: b]`: a map of one pair without braces. */
  readonly implicit?: boolean
}

export type Path = readonly (string | number)[]

export const blockMap = (column: number): Frame => ({kind: 'map', flow: false, column, key: undefined, index: -1, valued: false})
export const blockList = (column: number, index: number): Frame => ({kind: 'list', flow: false, column, key: undefined, index, valued: false})

/** What leads to the thing that the last of these frames is busy with. */
export const pathOf = (frames: readonly Frame[]): Path => frames.map(step)

const step = ({kind, key, index}: Frame): string | number => (kind === 'map' ? (key ?? '') : index)

/** A key or a plain item as it was met. */
export type Met = {readonly path: string; readonly text: string; readonly start: number; readonly end: number}

/** Paths as something that can be compared. */
export const pathId = (path: Path): string => JSON.stringify(path)
