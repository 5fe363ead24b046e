/** What a part of a query gives: one number, a number a series, the samples of a time a series, or text. */
export type ValueType = 'scalar' | 'vector' | 'range' | 'string'

export type Parameter = {readonly name: string; readonly type: ValueType; readonly optional: boolean; readonly repeated: boolean}

/** A function or an aggregation, as it is called and explained. */
export type Operation = {
  readonly name: string
  /** `rate(v: range): vector`. */
  readonly signature: string
  readonly description: string
  readonly parameters: readonly Parameter[]
  readonly returns: ValueType
  readonly experimental: boolean
}

/** Reads `name(a: vector, b?: scalar, c: string…): vector`. */
export function operation(signature: string, description: string, experimental = false): Operation {
  const [, name = '', list = '', returns] = /^(\w+)\((.*)\): (\w+)$/.exec(signature) ?? []
  const parameters = list === '' ? [] : list.split(', ').map(parameter)
  return {name, signature, description, parameters, returns: returns as ValueType, experimental}
}

function parameter(text: string): Parameter {
  const [name = '', type = ''] = text.split(': ')
  return {name: name.replace('?', ''), type: type.replace('…', '') as ValueType, optional: name.endsWith('?'), repeated: type.endsWith('…')}
}

/** How many arguments it takes; `most` is infinite where the last one repeats, as often as one likes or not at all. */
export const argumentCount = ({parameters}: Operation): {readonly least: number; readonly most: number} => ({
  least: parameters.filter(({optional, repeated}) => !optional && !repeated).length,
  most: parameters.at(-1)?.repeated ? Number.POSITIVE_INFINITY : parameters.length,
})

/** The type of an argument by its position; past the last parameter it is that one again. */
export const parameterAt = ({parameters}: Operation, index: number): Parameter | undefined =>
  parameters[index] ?? (parameters.at(-1)?.repeated ? parameters.at(-1) : undefined)
