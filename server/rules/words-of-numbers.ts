/** A number as people write it: without the noise of binary fractions. */
export const plainNumber = (value: number): string => String(Number(value.toPrecision(6)))
