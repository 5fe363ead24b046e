/** `a`, `a and b`, `a, b and c`; of more than `most` the rest as a number: `a, b, c and 9 more`. */
export function inWords(words: readonly string[], most: number = words.length): string {
  const shown = words.length > most ? [...words.slice(0, most), `${words.length - most} more`] : words
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}
