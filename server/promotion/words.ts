/** `1 smoke test`, `3 smoke tests` */
export const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`
