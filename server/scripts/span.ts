/** A stretch of a script: UTF-16 offsets in its text. */
export type Span = {readonly start: number; readonly end: number}

export const covers = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end
