import type {Span} from './expression.ts'

/** Replaces a stretch of a query. */
export type Change = Span & {readonly text: string}

/** A mistake in a query: where, in words that end with the way out, and what would put it right where that is sure. */
export type QueryFinding = Span & {readonly message: string; readonly change?: Change}
