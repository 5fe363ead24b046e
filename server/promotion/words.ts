/** `1 smoke test`, `3 smoke tests` */
export const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`

/** The first few of many, and how many more there are. */
export function someOf(names: readonly string[], shown = 5): string {
  const rest = names.length - shown
  return rest <= 0 ? names.join(', ') : `${names.slice(0, shown).join(', ')} and ${rest} more`
}
