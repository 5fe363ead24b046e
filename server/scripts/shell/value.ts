/** Where a text that is not known comes from, as far as that says something about it. */
export type Origin =
  /** What `kubectl rollout history` or `helm history` print. */
  | {readonly kind: 'history'; readonly tool: 'kubectl' | 'helm'}
  /** The number of lines of that, less `minus`. */
  | {readonly kind: 'history-lines'; readonly tool: 'kubectl' | 'helm'; readonly minus: number}
  /** The number of the revision that serves now; `deployments` as many as the script had made when it asked. */
  | {readonly kind: 'latest-revision'; readonly tool: 'kubectl' | 'helm'; readonly deployments: number}

/** A piece of a text that is not known. */
export type Unclear = {
  /** It comes from outside: a variable of the process. Then it is set, and not empty. */
  readonly isGiven?: true
  /** The status of a command that failed: any number but 0. */
  readonly isFailure?: true
  readonly origin?: Origin
}

/** A text as far as it is known; neighbouring strings are joined and empty ones left out. */
export type Value = readonly (string | Unclear)[]

export const unclear: Value = [{}]
export const given: Value = [{isGiven: true}]
export const literal = (text: string): Value => (text === '' ? [] : [text])
export const from = (origin: Origin): Value => [{origin}]

/** All of it, or undefined where some is not known. */
export function textOf(value: Value): string | undefined {
  const [first] = value
  if (value.length === 0) return ''
  return value.length === 1 && typeof first === 'string' ? first : undefined
}

/** A text of more pieces is not worth following. */
const mostPieces = 50

export function concatenate(values: readonly Value[]): Value {
  const all: (string | Unclear)[] = []
  for (const piece of values.flat()) {
    const last = all.at(-1)
    if (typeof piece === 'string' && typeof last === 'string') all[all.length - 1] = last + piece
    else if (piece !== '') all.push(piece)
    if (all.length > mostPieces) return unclear
  }
  return all
}

/** What a value may be after two ways met. */
export const either = (one: Value, other: Value): Value => (sameValue(one, other) ? one : unclear)

export const sameValue = (one: Value, other: Value): boolean =>
  one === other || (one.length === other.length && one.every((piece, index) => samePiece(piece, other[index] ?? '')))

function samePiece(one: string | Unclear, other: string | Unclear): boolean {
  if (one === other) return true
  if (typeof one === 'string' || typeof other === 'string') return false
  return one.isGiven === other.isGiven && one.isFailure === other.isFailure && JSON.stringify(one.origin) === JSON.stringify(other.origin)
}

/** True where it certainly is not empty, false where it certainly is. */
export function hasText(value: Value): boolean | undefined {
  if (value.length === 0) return false
  return value.some(piece => (typeof piece === 'string' ? piece !== '' : piece.isGiven || piece.isFailure || piece.origin)) ? true : undefined
}

/** Without line breaks at its end, as `$(…)` gives it. */
export function withoutBreaks(value: Value): Value {
  const last = value.at(-1)
  return typeof last === 'string' && last.endsWith('\n') ? [...value.slice(0, -1), ...literal(last.replace(/\n+$/, ''))] : value
}

/** Where it comes from, if it is nothing but that. */
export function originOf(value: Value): Origin | undefined {
  const [only] = value
  return value.length === 1 && typeof only === 'object' ? only.origin : undefined
}
