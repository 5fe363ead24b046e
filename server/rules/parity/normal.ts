import {isJson, type Json} from '../manifests.ts'
import {plainName} from './names.ts'

/**
 * One text for all values that mean the same: keys in order, numbers and their spelling alike (the API server takes both for
 * ports and percentages), null as absent, without the words of an environment.
 */
export function normal(value: unknown, words: readonly string[] = []): string {
  if (Array.isArray(value)) return `[${value.map(one => normal(one, words)).join(', ')}]`
  if (isJson(value)) {
    const entries = Object.entries(value).filter(([, one]) => one !== null && one !== undefined)
    return `{${entries
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => `${key}: ${normal(one, words)}`)
      .join(', ')}}`
  }
  return plainName(String(value), words)
}

/** The same for a list whose order means nothing. */
export const normalSet = (value: unknown, words: readonly string[] = []): string =>
  `[${(Array.isArray(value) ? value : [])
    .map(one => normal(one, words))
    .toSorted()
    .join(', ')}]`

/** A map with what the API server adds where nothing is written. */
export const withDefaults = (value: unknown, defaults: Json): Json => ({
  ...defaults,
  ...Object.fromEntries(Object.entries(isJson(value) ? value : {}).filter(([, one]) => one !== null && one !== undefined)),
})
