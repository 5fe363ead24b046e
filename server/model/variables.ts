/** Every variable a string may hold, with what it stands for. `${env.NAME}` comes on top. */
export const variables = {
  environment: 'The name of the environment.',
  target: 'The name of the target; that of the environment where it has only one.',
  namespace: 'The namespace of the target.',
  cluster: 'The name of the cluster, as `clusters` lists it.',
  release: 'The release that is promoted, such as `r4f2a91c`.',
  image: 'The image with its digest; in `scan`, each in turn.',
  window: "The age of the release, between one minute and the gate's `window`, so that old pods are not judged.",
} as const

export type Variable = keyof typeof variables

export type VariableUse = {
  /** `environment`, `env.TOKEN`. */
  readonly name: string
  /** Offsets in the string, from `$` to behind `}`. */
  readonly start: number
  readonly end: number
}

/** A literal `$${`, or a variable with its name. */
export const variablePattern = /\$\$\{|\$\{([^{}]*)\}/g

/** The variables used in a string, in order; `$${` is a literal and none. */
export const variablesIn = (text: string): VariableUse[] =>
  text.includes('${')
    ? [...text.matchAll(variablePattern)].flatMap(match =>
        match[1] === undefined ? [] : [{name: match[1].trim(), start: match.index, end: match.index + match[0].length}],
      )
    : []

export const isVariable = (name: string): boolean => Object.hasOwn(variables, name) || /^env\.[A-Za-z_]\w*$/.test(name)
