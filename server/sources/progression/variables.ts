import {type Variable, variablePattern} from '../../model/variables.ts'

export type Scope = Partial<Record<Variable, string>>

export type Filled = {readonly text: string; readonly missing: readonly string[]}

/** A string with its variables filled; those without a value are left as they stand and named in `missing`. */
export function fill(text: string, scope: Scope, environmentVariables: Readonly<Record<string, string | undefined>> = {}): Filled {
  if (!text.includes('${')) return {text, missing: []}
  const missing: string[] = []
  const filled = text.replace(variablePattern, (match, name: string | undefined) => {
    if (name === undefined) return '${'
    const key = name.trim()
    const value = key.startsWith('env.') ? environmentVariables[key.slice(4)] : scope[key as Variable]
    if (value === undefined) missing.push(key)
    return value ?? match
  })
  return {text: filled, missing}
}

/** A variable that ends before its brace does: what YAML makes of `{kustomize: deploy/${environment}}` without quotes. */
export const isHalfVariable = (text: string): boolean => /\$(\{[^}]*)?$/.test(text)
