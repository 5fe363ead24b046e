const suffixes: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

/** A Kubernetes quantity as a number of its unit (cores, bytes), or undefined where it is none: `500m` is 0.5, `1Ki` is 1024. */
export function quantity(written: unknown): number | undefined {
  const [, digits = '', suffix = '', exponent] = /^\s*([+-]?(?:\d+\.?\d*|\.\d+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d+))?\s*$/.exec(String(written)) ?? []
  if (digits === '') return undefined
  return Number(digits) * (exponent === undefined ? (suffixes[suffix] ?? 1) : 10 ** Number(exponent))
}

/** Smaller ÷ larger; 1 where they are the same but for what arithmetic loses. */
export function share(one: number, other: number): number {
  const [smaller, larger] = [Math.min(one, other), Math.max(one, other)]
  if (larger - smaller <= 1e-9 * Math.abs(larger)) return 1
  return larger === 0 ? 0 : smaller / larger
}
