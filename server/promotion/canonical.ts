import {createHash, createHmac} from 'node:crypto'

/** JSON with the keys of every map in order, so that equal values have equal text. Keys without a value are left out, as in JSON. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
    return Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
  })
}

/** SHA-256 over the canonical text, in hexadecimal. */
export const hashOf = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex')

/** The same, keyed: equal secrets have different hashes in different places, so that a list of likely values hashed once does not help. */
export const saltedHashOf = (value: unknown, salt: string): string => createHmac('sha256', salt).update(canonical(value)).digest('hex')
