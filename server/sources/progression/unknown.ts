/** Stands in a plain value where something is still being typed or cannot be read. Nothing is ever said about it. */
export const unknownValue: unique symbol = Symbol('unknown')
