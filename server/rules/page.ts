/** Where the documentation of this version is read; one page a rule below it. */
export const documentation = 'https://progression.dev/docs'

/** The page of a rule, by its code. */
export const pageOf = (code: string): string => `${documentation}/rules/${code}`
